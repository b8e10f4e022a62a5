import { describe, expect, it } from 'vitest';
import { judge, type Policy } from '../../../lib/access/policy.ts';
import type { Principal } from '../../../lib/access/principal.ts';

const now = 1_800_000_000;

const ada: Principal = {
  via: 'session',
  sub: 'ada-sub',
  username: 'ada',
  clientId: 'web',
  groups: ['admins', 'editors'],
  scopes: ['openid', 'notes/read'],
  claims: { sub: 'ada-sub', 'custom:plan': 'pro', 'custom:tenant': 'acme' },
  authenticatedAt: now - 300,
  authenticationMethods: ['pwd'],
};

const judged = (policy: Policy, changes: Partial<Principal> = {}) =>
  judge(policy, { ...ada, ...changes }, now);

it('an empty policy asks only for a sign-in', () => {
  expect(judged({}, { groups: [], scopes: [], claims: {}, authenticatedAt: 0 })).toBe('allowed');
});

describe('groups', () => {
  it.each([
    [{ any: ['admins'] }, 'allowed'],
    [{ any: ['owners', 'editors'] }, 'allowed'],
    [{ any: ['owners'] }, 'forbidden'],
    [{ any: [] }, 'forbidden'],
    [{ all: ['admins', 'editors'] }, 'allowed'],
    [{ all: ['admins', 'owners'] }, 'forbidden'],
    [{ all: [] }, 'allowed'],
    [{ any: ['admins'], all: ['editors'] }, 'allowed'],
    [{ any: ['owners'], all: ['editors'] }, 'forbidden'],
    [{ any: ['admins'], all: ['owners'] }, 'forbidden'],
  ])('%j is %s for admins and editors', (groups, judgement) => {
    expect(judged({ groups })).toBe(judgement);
  });

  it.each([
    'Admins',
    'ADMINS',
    'admins ',
    ' admins',
    'admin',
    'adminss',
    'admins,editors',
    'ａdmins',
    '',
    '__proto__',
    'constructor',
  ])('BS-17 group "%s" is not group "admins"', (name) => {
    expect(judged({ groups: { any: ['admins'] } }, { groups: [name] })).toBe('forbidden');
    expect(judged({ groups: { all: ['admins'] } }, { groups: [name] })).toBe('forbidden');
  });

  it.each(['__proto__', 'constructor', 'length', '0'])(
    'BS-17 a policy that asks for group "%s" is met by nobody without it',
    (name) => {
      expect(judged({ groups: { any: [name] } })).toBe('forbidden');
    },
  );
});

describe('claims', () => {
  const pro = { claim: 'custom:plan', match: 'Equals', value: 'pro' } as const;
  const acme = { claim: 'custom:tenant', match: 'Equals', value: 'acme' } as const;

  it('every rule has to match', () => {
    expect(judged({ claims: [pro, acme] })).toBe('allowed');
    expect(judged({ claims: [pro, acme] }, { claims: { 'custom:plan': 'pro' } })).toBe('forbidden');
    expect(judged({ claims: [pro, acme] }, { claims: { 'custom:tenant': 'acme' } })).toBe('forbidden');
  });

  it.each([[['pro']], [true], [null], [{ value: 'pro' }], [1]])(
    'BS-17 a plan of %j is not plan "pro"',
    (plan) => {
      expect(judged({ claims: [pro] }, { claims: { 'custom:plan': plan } })).toBe('forbidden');
    },
  );
});

describe('scopes', () => {
  it('every scope is asked for, by its exact name', () => {
    expect(judged({ scopes: ['openid', 'notes/read'] })).toBe('allowed');
    expect(judged({ scopes: ['notes/write'] })).toBe('insufficient_scope');
    expect(judged({ scopes: ['notes/read', 'notes/write'] })).toBe('insufficient_scope');
    for (const scope of ['notes', 'notes/', 'Notes/read', 'notes/rea'])
      expect(judged({ scopes: [scope] })).toBe('insufficient_scope');
  });
});

describe('recent sign-in', () => {
  it.each([
    [301, 'allowed'],
    [300, 'stale_sign_in'],
    [60, 'stale_sign_in'],
    [0, 'stale_sign_in'],
  ])('a sign-in 300 seconds ago is, within %d seconds, %s', (signedInWithin, judgement) => {
    expect(judged({ signedInWithin })).toBe(judgement);
  });

  it('a token that does not say when is never recent', () => {
    expect(judged({ signedInWithin: 86_400 * 3_650 }, { authenticatedAt: 0 })).toBe('stale_sign_in');
  });

  it('is named last, because signing in again helps only who meets the rest', () => {
    const signedInWithin = 60;
    expect(judged({ signedInWithin, groups: { any: ['owners'] } })).toBe('forbidden');
    expect(judged({ signedInWithin, scopes: ['notes/write'] })).toBe('insufficient_scope');
  });
});

describe('second factor', () => {
  it.each([
    [['pwd', 'otp', 'mfa'], 'allowed'],
    [['mfa'], 'allowed'],
    [['pwd'], 'second_factor_missing'],
    [['MFA'], 'second_factor_missing'],
    [['mfa '], 'second_factor_missing'],
    [[], 'second_factor_missing'],
  ])('a sign-in by %j is %s', (authenticationMethods, judgement) => {
    expect(judged({ mfa: true }, { authenticationMethods })).toBe(judgement);
  });

  it('is asked for before a recent sign-in: one more sign-in brings both', () => {
    expect(judged({ mfa: true, signedInWithin: 60 })).toBe('second_factor_missing');
  });
});
