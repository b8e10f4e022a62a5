import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainRole, type MappingRule, type RoleSettings } from '../../../lib/cognito/role-mapping.ts';
import { selectRole } from '../../../local-pool/src/identity-pool/role-selection.ts';

type Mapping = NonNullable<RoleSettings['mapping']>;

const settings = (mapping?: Partial<Mapping>, authenticated: string | undefined = 'role/Everybody') => ({
  authenticated,
  mapping: mapping && { type: 'Rules' as const, otherwise: 'Deny' as const, rules: [], ...mapping },
});

const rule = (claim: string, match: MappingRule['match'], value: string, roleArn = `role/${value}`) => ({
  claim,
  match,
  value,
  roleArn,
});

/** The same settings, as the local pool keeps them. */
function localChoice({ authenticated, mapping }: RoleSettings, claims: Record<string, unknown>) {
  return selectRole({
    roles: authenticated === undefined ? {} : { authenticated },
    login: {
      claims,
      ...(mapping && {
        mapping: {
          type: mapping.type,
          ambiguousRoleResolution: mapping.otherwise,
          rules: mapping.rules.map(({ match, ...rest }) => ({ ...rest, matchType: match })),
        },
      }),
    },
  });
}

const names = ['custom:plan', 'cognito:groups', 'cognito:preferred_role', 'email_verified', 'constructor'];
const words = fc.constantFrom(
  'pro',
  'Pro',
  'pr',
  'o',
  '',
  'admins',
  'admins,pro',
  '["pro"]',
  'true',
  'role/Own',
  '1',
);
const claimValue = fc.oneof(
  words,
  fc.array(words, { maxLength: 3 }),
  fc.constantFrom(true, 1, null, undefined),
  fc.jsonValue(),
);
const anyClaims = fc.dictionary(fc.constantFrom(...names), claimValue, { maxKeys: 4 });
const anyRule = fc.record({
  claim: fc.constantFrom(...names),
  match: fc.constantFrom<MappingRule['match']>('Equals', 'NotEqual', 'StartsWith', 'Contains'),
  value: words,
  roleArn: fc.constantFrom('role/A', 'role/B', 'role/C'),
});
const anySettings: fc.Arbitrary<RoleSettings> = fc.record({
  authenticated: fc.constantFrom('role/Everybody', undefined),
  mapping: fc.option(
    fc.record({
      type: fc.constantFrom<Mapping['type']>('Rules', 'Token'),
      otherwise: fc.constantFrom<Mapping['otherwise']>('AuthenticatedRole', 'Deny'),
      rules: fc.array(anyRule, { maxLength: 4 }),
    }),
    { nil: undefined },
  ),
});

it('the explanation and the local pool agree on the role, whatever the rules and the claims', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(anySettings, anyClaims, (chosen, claims) => {
      const { reason, roleArn } = explainRole(chosen, claims);
      const choice = localChoice(chosen, claims);
      kinds.add(choice.kind);
      if (choice.kind === 'role') expect(roleArn).toBe(choice.roleArn);
      else expect([reason, roleArn]).toEqual([choice.kind === 'none' ? 'no_role' : choice.kind, undefined]);
    }),
    { numRuns: 5_000 },
  );
  expect([...kinds].sort()).toEqual(['denied', 'none', 'role']);
});

it('rules are marked in their order: those before the first match, it, and those that are not reached', () => {
  const rules = [
    rule('custom:plan', 'Equals', 'team'),
    rule('team', 'NotEqual', 'none'),
    rule('cognito:groups', 'Contains', 'edit'),
    rule('custom:plan', 'Equals', 'pro'),
  ];
  const claims = { 'custom:plan': 'pro', 'cognito:groups': ['editors', 'authors'] };
  const { reason, roleArn, rules: judged } = explainRole(settings({ rules }), claims);
  expect([reason, roleArn]).toEqual(['rule', 'role/edit']);
  expect(judged.map(({ outcome, found }) => [outcome, found])).toEqual([
    ['not_matched', 'pro'],
    ['not_matched', undefined],
    ['matched', '["editors","authors"]'],
    ['not_reached', 'pro'],
  ]);
});

describe('where some claims cannot be seen', () => {
  const isKnown = (claim: string) => claim !== 'identities' && claim !== 'cognito:preferred_role';
  const federated = rule('identities', 'Contains', 'Google');
  const pro = rule('custom:plan', 'Equals', 'pro');
  const claims = { 'custom:plan': 'pro' };

  it('a match before them is certain', () => {
    const { reason, rules } = explainRole(settings({ rules: [pro, federated] }), claims, isKnown);
    expect([reason, rules.map(({ outcome }) => outcome)]).toEqual(['rule', ['matched', 'not_reached']]);
  });

  it('no role is named that they could change', () => {
    const { reason, roleArn, rules } = explainRole(settings({ rules: [federated, pro] }), claims, isKnown);
    expect([reason, roleArn]).toEqual(['unknown', undefined]);
    expect(rules.map(({ outcome }) => outcome)).toEqual(['unknown', 'matched']);
    const byToken = settings({ type: 'Token', otherwise: 'AuthenticatedRole' });
    expect(explainRole(byToken, claims, isKnown)).toEqual({
      rules: [],
      reason: 'unknown',
      roleArn: undefined,
    });
  });
});
