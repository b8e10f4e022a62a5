import { describe, expect, it } from 'vitest';
import {
  ignoredChanges,
  overrideAccessClaims,
  overrideIdClaims,
} from '../../../local-pool/src/lambda/claim-overrides.ts';
import { readOverrides } from '../../../local-pool/src/lambda/pre-token-generation-response.ts';
import type { Claims } from '../../../local-pool/src/token-claims.ts';

const idClaims: Claims = {
  sub: 'sub-1',
  'cognito:groups': ['admins'],
  'cognito:roles': ['arn:role/A'],
  'cognito:preferred_role': 'arn:role/A',
  'cognito:username': 'sub-1',
  iss: 'http://localhost:9229/us-east-1_Cabana001',
  aud: 'client-1',
  origin_jti: 'o',
  event_id: 'e',
  token_use: 'id',
  auth_time: 1,
  exp: 2,
  iat: 1,
  jti: 'j',
  nonce: 'n',
  email: 'ada@example.com',
  'dev:custom:note': 'x',
};
const accessClaims: Claims = {
  sub: 'sub-1',
  'cognito:groups': ['admins'],
  iss: 'http://localhost:9229/us-east-1_Cabana001',
  version: 2,
  client_id: 'client-1',
  origin_jti: 'o',
  event_id: 'e',
  token_use: 'access',
  scope: 'openid email phone',
  auth_time: 1,
  exp: 2,
  iat: 1,
  jti: 'j',
  username: 'sub-1',
};

/** Both tokens after a trigger of version 2 or 3 answered. */
function changedBy(details: Record<string, unknown>, version: 'V2_0' | 'V3_0' = 'V2_0') {
  const overrides = readOverrides(version, { claimsAndScopeOverrideDetails: details });
  if (!overrides) throw new Error('The response was read as no change.');
  return {
    id: overrideIdClaims(idClaims, overrides.id, overrides.groups),
    access: overrideAccessClaims(accessClaims, overrides.access, overrides.groups),
  };
}

/** Both tokens after a trigger of version 1 answered. */
function changedByV1(details: Record<string, unknown>) {
  const overrides = readOverrides('V1_0', { claimsOverrideDetails: details });
  if (!overrides) throw new Error('The response was read as no change.');
  return {
    id: overrideIdClaims(idClaims, overrides.id, overrides.groups),
    access: overrideAccessClaims(accessClaims, overrides.access, overrides.groups),
  };
}

const unrecognizable = expect.objectContaining({
  code: 'InvalidLambdaResponseException',
  message: 'Unrecognizable lambda output',
});

describe('pre token generation V1_0', () => {
  it('adds and suppresses claims of the ID token and leaves the access token alone', () => {
    const { id, access } = changedByV1({
      claimsToAddOrOverride: { tenant: 'acme' },
      claimsToSuppress: ['email'],
    });
    const { email, ...rest } = idClaims;
    expect(email).toBe('ada@example.com');
    expect(id).toEqual({ ...rest, tenant: 'acme' });
    expect(access).toEqual(accessClaims);
  });

  it('changes the groups of both tokens', () => {
    const { id, access } = changedByV1({
      groupOverrideDetails: {
        groupsToOverride: ['g1'],
        iamRolesToOverride: ['arn:role/G'],
        preferredRole: 'arn:role/G',
      },
    });
    expect(id).toEqual({
      ...idClaims,
      'cognito:groups': ['g1'],
      'cognito:roles': ['arn:role/G'],
      'cognito:preferred_role': 'arn:role/G',
    });
    expect(access).toEqual({ ...accessClaims, 'cognito:groups': ['g1'] });
  });

  it.each([5, true, null, ['a'], { a: 1 }])('refuses %j as a claim', (value) => {
    expect(() => changedByV1({ claimsToAddOrOverride: { tenant: value } })).toThrow(unrecognizable);
  });

  it('does not read the details of the later versions', () => {
    const response = {
      claimsAndScopeOverrideDetails: { idTokenGeneration: { claimsToSuppress: ['email'] } },
    };
    expect(readOverrides('V1_0', response)).toBeUndefined();
  });
});

describe.each(['V2_0', 'V3_0'] as const)('pre token generation %s', (version) => {
  it('adds claims of any type to either token', () => {
    const values = { plan: 'gold', limits: { max: 5 }, tags: ['a', 'b'], n: 3, b: true };
    const { id, access } = changedBy(
      {
        idTokenGeneration: { claimsToAddOrOverride: values },
        accessTokenGeneration: { claimsToAddOrOverride: { n: 4 } },
      },
      version,
    );
    expect(id).toEqual({ ...idClaims, ...values });
    expect(access).toEqual({ ...accessClaims, n: 4 });
  });

  it('suppression wins over addition', () => {
    const both = {
      claimsToAddOrOverride: { plan: 'gold', email: 'x@example.com' },
      claimsToSuppress: ['plan', 'email'],
    };
    const { id, access } = changedBy({ idTokenGeneration: both, accessTokenGeneration: both }, version);
    expect(id).not.toHaveProperty('plan');
    expect(id).not.toHaveProperty('email');
    expect(access).not.toHaveProperty('plan');
  });

  it('adds and removes scopes, removal last', () => {
    const { access } = changedBy(
      {
        accessTokenGeneration: {
          scopesToAdd: ['orders/read', 'both', 'email'],
          scopesToSuppress: ['phone', 'both'],
        },
      },
      version,
    );
    expect(access.scope).toBe('openid email orders/read');
  });

  it('a token without scopes gets the added ones alone', () => {
    const added = readOverrides(version, {
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: ['a/b'] } },
    });
    const none = { add: {}, suppress: [], scopesToAdd: [], scopesToSuppress: [] };
    const withoutScopes = { ...accessClaims, scope: '' };
    expect(overrideAccessClaims(withoutScopes, added?.access ?? none).scope).toBe('a/b');
    expect(overrideAccessClaims(withoutScopes, none).scope).toBe('');
  });

  it('a scope with a space is no scope', () => {
    const { access } = changedBy({ accessTokenGeneration: { scopesToAdd: ['a b', '', 'c'] } }, version);
    expect(access.scope).toBe('openid email phone c');
  });

  it('groups without members are taken out of both tokens', () => {
    const { id, access } = changedBy({ groupOverrideDetails: {} }, version);
    for (const name of ['cognito:groups', 'cognito:roles', 'cognito:preferred_role']) {
      expect(id).not.toHaveProperty(name);
      expect(access).not.toHaveProperty(name);
    }
  });

  it('groups stay where the answer does not speak of them', () => {
    const { id, access } = changedBy({ groupOverrideDetails: null }, version);
    expect(id).toEqual(idClaims);
    expect(access).toEqual(accessClaims);
  });

  it('suppressing cognito:groups takes the roles away too', () => {
    const { id } = changedBy({ idTokenGeneration: { claimsToSuppress: ['cognito:groups'] } }, version);
    expect(Object.keys(id).filter((name) => /groups|role/.test(name))).toEqual([]);
  });
});

describe('protected claims', () => {
  const both =
    'acr amr at_hash auth_time azp exp iat iss jti nbf nonce origin_jti token_use sub username identities cognito:username cognito:roles cognito:preferred_role cognito:mine cognito:groups';

  it.each(both.split(' '))('%s cannot be set in either token', (name) => {
    const add = { claimsToAddOrOverride: { [name]: 'forged' } };
    const { id, access } = changedBy({ idTokenGeneration: add, accessTokenGeneration: add });
    expect(id).toEqual(idClaims);
    expect(access).toEqual(accessClaims);
  });

  it.each(both.split(' ').filter((name) => name !== 'cognito:groups'))(
    '%s cannot be suppressed in either token',
    (name) => {
      const suppress = { claimsToSuppress: [name] };
      const { id, access } = changedBy({ idTokenGeneration: suppress, accessTokenGeneration: suppress });
      expect(id).toEqual(idClaims);
      expect(access).toEqual(accessClaims);
    },
  );

  it.each(['client_id', 'event_id', 'device_key', 'version', 'scope'])(
    '%s of the access token is out of reach of claims',
    (name) => {
      const part = { claimsToAddOrOverride: { [name]: 'forged' }, claimsToSuppress: [name] };
      expect(changedBy({ accessTokenGeneration: part }).access).toEqual(accessClaims);
    },
  );

  it('aud of the ID token stays', () => {
    const part = { claimsToAddOrOverride: { aud: 'other' }, claimsToSuppress: ['aud'] };
    expect(changedBy({ idTokenGeneration: part }).id.aud).toBe('client-1');
  });

  it('aud of the access token can only be the client', () => {
    const withAud = (aud: unknown) =>
      changedBy({ accessTokenGeneration: { claimsToAddOrOverride: { aud } } }).access;
    expect(withAud('client-1').aud).toBe('client-1');
    expect(withAud('other')).not.toHaveProperty('aud');
    expect(withAud(['client-1'])).not.toHaveProperty('aud');
  });

  it('dev: claims can be suppressed and not added', () => {
    const part = {
      claimsToAddOrOverride: { 'dev:custom:other': 'x' },
      claimsToSuppress: ['dev:custom:note'],
    };
    const { id } = changedBy({ idTokenGeneration: part });
    expect(Object.keys(id).filter((name) => name.startsWith('dev:'))).toEqual([]);
  });
});

describe('what is ignored', () => {
  const ignored = (details: Record<string, unknown>) => {
    const overrides = readOverrides('V2_0', { claimsAndScopeOverrideDetails: details });
    return overrides && ignoredChanges(overrides, 'client-1');
  };

  it('is told, each claim once', () => {
    const part = {
      claimsToAddOrOverride: { iss: 'x', plan: 'gold' },
      claimsToSuppress: ['sub', 'email', 'iss'],
    };
    expect(ignored({ idTokenGeneration: part, accessTokenGeneration: part })).toEqual(['iss', 'sub']);
  });

  it('is nothing where the trigger keeps to what it may change', () => {
    expect(
      ignored({
        idTokenGeneration: {
          claimsToAddOrOverride: { plan: 'gold' },
          claimsToSuppress: ['cognito:groups', 'email'],
        },
        accessTokenGeneration: { claimsToAddOrOverride: { aud: 'client-1' }, scopesToAdd: ['a/b'] },
      }),
    ).toEqual([]);
  });

  it('is the audience where it differs between the tokens', () => {
    const aud = { claimsToAddOrOverride: { aud: 'client-1' } };
    expect(ignored({ idTokenGeneration: aud, accessTokenGeneration: aud })).toEqual(['aud']);
  });
});

describe('the answer of the trigger', () => {
  it.each([[{}], [{ claimsAndScopeOverrideDetails: null }], [{ other: 1 }]])(
    '%j means no change',
    (response) => {
      expect(readOverrides('V2_0', response)).toBeUndefined();
    },
  );

  it.each([
    [{ claimsAndScopeOverrideDetails: 'x' }],
    [{ claimsAndScopeOverrideDetails: [] }],
    [{ claimsAndScopeOverrideDetails: { idTokenGeneration: [] } }],
    [{ claimsAndScopeOverrideDetails: { idTokenGeneration: { claimsToAddOrOverride: 'x' } } }],
    [{ claimsAndScopeOverrideDetails: { idTokenGeneration: { claimsToSuppress: 'email' } } }],
    [{ claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: [1] } } }],
    [{ claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: 'admins' } } }],
  ])('%j is unrecognizable', (response) => {
    expect(() => readOverrides('V2_0', response)).toThrow(unrecognizable);
  });

  it.each(['phone_number_verified', 'email_verified', 'updated_at', 'address'])(
    'nested JSON is not taken for %s of the ID token',
    (name) => {
      const nested = { claimsToAddOrOverride: { [name]: { a: 1 } } };
      expect(() => changedBy({ idTokenGeneration: nested })).toThrow(unrecognizable);
      expect(changedBy({ accessTokenGeneration: nested }).access[name]).toEqual({ a: 1 });
    },
  );

  it('5,000 changes are the most', () => {
    const scopes = (count: number) => Array.from({ length: count }, (_, index) => `s/${index}`);
    const part = (count: number) => ({
      idTokenGeneration: { claimsToAddOrOverride: { a: 1 } },
      accessTokenGeneration: { scopesToAdd: scopes(count) },
    });
    expect(String(changedBy(part(4999)).access.scope).split(' ')).toHaveLength(5002);
    expect(() => changedBy(part(5000))).toThrow(unrecognizable);
  });
});
