import { describe, expect, it } from 'vitest';
import type { MappingRule, RoleMapping } from '../../../../local-pool/src/identity-pool/identity-pool.ts';
import { selectRole } from '../../../../local-pool/src/identity-pool/role-selection.ts';

const roles = { authenticated: 'role/Authenticated', unauthenticated: 'role/Guest' };
const chosen = (roleArn: string) => ({ kind: 'role', roleArn });

const rule = (claim: string, matchType: MappingRule['matchType'], value: string, roleArn = 'role/Rule') => ({
  claim,
  matchType,
  value,
  roleArn,
});
const rules = (
  list: MappingRule[],
  ambiguousRoleResolution: RoleMapping['ambiguousRoleResolution'] = 'Deny',
): RoleMapping => ({ type: 'Rules', ambiguousRoleResolution, rules: list });
const byToken = (ambiguousRoleResolution: RoleMapping['ambiguousRoleResolution']): RoleMapping => ({
  type: 'Token',
  ambiguousRoleResolution,
});

describe('the default role', () => {
  it.each([
    ['of a guest', { roles }, chosen('role/Guest')],
    ['of a guest, where the pool has none', { roles: { authenticated: 'role/A' } }, { kind: 'none' }],
    ['of a login without a mapping', { roles, login: { claims: {} } }, chosen('role/Authenticated')],
    [
      'of a login without a mapping, where the pool has none',
      { roles: {}, login: { claims: {} } },
      { kind: 'none' },
    ],
    ['is all that a guest may have', { roles, customRoleArn: 'role/Guest' }, { kind: 'custom-role-refused' }],
    [
      'is all that a login without a mapping may have',
      { roles, login: { claims: { 'cognito:roles': ['role/Own'] } }, customRoleArn: 'role/Own' },
      { kind: 'custom-role-refused' },
    ],
  ])('%s', (_, request, choice) => {
    expect(selectRole(request)).toEqual(choice);
  });
});

describe('a mapping of the type Token', () => {
  const own = { 'cognito:roles': ['role/A', 'role/B'] };
  it.each([
    [
      'takes the preferred role',
      'Deny',
      { ...own, 'cognito:preferred_role': 'role/B' },
      undefined,
      chosen('role/B'),
    ],
    ['takes the CustomRoleArn among the roles', 'Deny', own, 'role/A', chosen('role/A')],
    [
      'takes the CustomRoleArn before the preferred role',
      'Deny',
      { ...own, 'cognito:preferred_role': 'role/B' },
      'role/A',
      chosen('role/A'),
    ],
    ['refuses another CustomRoleArn', 'AuthenticatedRole', own, 'role/C', { kind: 'custom-role-refused' }],
    [
      'refuses a CustomRoleArn without roles',
      'AuthenticatedRole',
      {},
      'role/A',
      { kind: 'custom-role-refused' },
    ],
    [
      'refuses a CustomRoleArn that is part of a role',
      'AuthenticatedRole',
      { 'cognito:roles': 'role/AB' },
      'role/A',
      { kind: 'custom-role-refused' },
    ],
    ['denies several roles without a preferred one', 'Deny', own, undefined, { kind: 'denied' }],
    ['denies a token without roles', 'Deny', {}, undefined, { kind: 'denied' }],
    ['falls back from several roles', 'AuthenticatedRole', own, undefined, chosen('role/Authenticated')],
    ['falls back from no roles', 'AuthenticatedRole', {}, undefined, chosen('role/Authenticated')],
  ] as const)('%s', (_, ambiguity, claims, customRoleArn, choice) => {
    const login = { mapping: byToken(ambiguity), claims };
    expect(selectRole({ roles, login, ...(customRoleArn && { customRoleArn }) })).toEqual(choice);
  });
});

describe('a rule', () => {
  const claims = {
    dept: 'engineering',
    level: 7,
    email_verified: true,
    'cognito:groups': ['admins', 'editors'],
  };
  it.each([
    ['Equals', rule('dept', 'Equals', 'engineering'), true],
    ['Equals part of it', rule('dept', 'Equals', 'engineer'), false],
    ['Equals in other case', rule('dept', 'Equals', 'Engineering'), false],
    ['Equals a number', rule('level', 'Equals', '7'), true],
    ['Equals a truth value', rule('email_verified', 'Equals', 'true'), true],
    ['NotEqual another value', rule('dept', 'NotEqual', 'sales'), true],
    ['NotEqual the value', rule('dept', 'NotEqual', 'engineering'), false],
    ['NotEqual a missing claim', rule('team', 'NotEqual', 'sales'), false],
    ['StartsWith', rule('dept', 'StartsWith', 'eng'), true],
    ['StartsWith what comes later', rule('dept', 'StartsWith', 'neer'), false],
    ['Contains', rule('dept', 'Contains', 'neer'), true],
    ['Contains what is not there', rule('dept', 'Contains', 'sales'), false],
    ['Equals an element of a list', rule('cognito:groups', 'Equals', 'editors'), true],
    ['NotEqual an element of a list', rule('cognito:groups', 'NotEqual', 'editors'), false],
    ['NotEqual any element of a list', rule('cognito:groups', 'NotEqual', 'owners'), true],
    ['StartsWith of an element', rule('cognito:groups', 'StartsWith', 'edit'), true],
    ['Contains in a list', rule('cognito:groups', 'Contains', 'admins'), true],
    ['Contains across a list', rule('cognito:groups', 'Contains', '"admins","editors"'), true],
    ['of a claim named like a member of every object', rule('constructor', 'NotEqual', 'x'), false],
    ['of a missing claim', rule('team', 'Contains', 'a'), false],
  ])('%s', (_, candidate, fits) => {
    const login = { mapping: rules([candidate]), claims };
    expect(selectRole({ roles, login })).toEqual(fits ? chosen('role/Rule') : { kind: 'denied' });
  });
});

describe('a mapping of the type Rules', () => {
  const claims = { dept: 'engineering' };
  it('takes the first rule that fits', () => {
    const list = [
      rule('dept', 'Equals', 'sales', 'role/None'),
      rule('dept', 'StartsWith', 'eng', 'role/First'),
      rule('dept', 'Equals', 'engineering', 'role/Second'),
    ];
    expect(selectRole({ roles, login: { mapping: rules(list), claims } })).toEqual(chosen('role/First'));
  });

  it('falls back to the default role when no rule fits, if it says so', () => {
    const mapping = rules([rule('dept', 'Equals', 'sales')], 'AuthenticatedRole');
    expect(selectRole({ roles, login: { mapping, claims } })).toEqual(chosen('role/Authenticated'));
    expect(selectRole({ roles: {}, login: { mapping, claims } })).toEqual({ kind: 'none' });
  });

  it('pays no heed to the preferred role', () => {
    const mapping = rules([rule('dept', 'Equals', 'sales')]);
    const login = { mapping, claims: { ...claims, 'cognito:preferred_role': 'role/Own' } };
    expect(selectRole({ roles, login })).toEqual({ kind: 'denied' });
  });

  it('refuses a CustomRoleArn, even of a rule', () => {
    const mapping = rules([rule('dept', 'Equals', 'engineering')]);
    expect(selectRole({ roles, login: { mapping, claims }, customRoleArn: 'role/Rule' })).toEqual({
      kind: 'custom-role-refused',
    });
  });
});
