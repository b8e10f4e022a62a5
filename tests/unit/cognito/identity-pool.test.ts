import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { credentialsFor } from '../../../lib/cognito/identity-pool.ts';
import { roleSettings } from '../../../lib/cognito/identity-pool-roles.ts';
import { type Config, parseConfig } from '../../../lib/config.ts';
import { freePort, randomSecret } from '../../support/app.ts';
import { type HostileUserPool, type Reply, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let config: Config;

/** Each with an identity pool of its own, because what was said of one is remembered. */
const configure = (more: Record<string, string> = {}): Config =>
  parseConfig({
    ...pool.environment,
    COGNITO_IDENTITY_POOL_ID: `us-east-1:${crypto.randomUUID()}`,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY: pool.origin,
    SESSION_SECRET: randomSecret(),
    ALLOW_INSECURE_USER_POOL: 'true',
    ...more,
  });

beforeAll(async () => {
  pool = await startHostileUserPool();
});
afterAll(() => pool.close());
beforeEach(() => {
  pool.reset();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  config = configure();
  answer();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const HOUR = 3_600;
const identityId = 'us-east-1:0198c0de-7a11-4c3e-9d52-3f1c5b6a7e21';
let made = 0;

/** Answers honestly, with other credentials each time, but for the operations that are named. */
function answer(others: Record<string, Reply> = {}, lifetime = HOUR): void {
  pool.onApi(async ({ operation }) => {
    const other = others[operation];
    if (other) return other;
    if (operation === 'GetId') return { body: { IdentityId: identityId } };
    made += 1;
    const Expiration = Math.floor(Date.now() / 1_000) + lifetime;
    const keys = { AccessKeyId: `ASIA${made}`, SecretKey: 'secret-key', SessionToken: 'session-token' };
    return { body: { IdentityId: identityId, Credentials: { ...keys, Expiration } } };
  });
}

const refusal = (type: string): Reply => ({ status: 400, body: { __type: type, message: 'refused' } });
const asked = (operation: string): number =>
  pool.apiRequests.filter((request) => request.operation === operation).length;

describe('credentials', () => {
  it('are what the identity pool gives for the ID token, asked without a signature', async () => {
    const credentials = await credentialsFor(config, 'an.id.token');
    expect(credentials).toEqual({
      identityId,
      accessKeyId: `ASIA${made}`,
      secretAccessKey: 'secret-key',
      sessionToken: 'session-token',
      expiresAt: expect.any(Number),
    });
    expect(Math.abs(credentials.expiresAt - Date.now() / 1_000 - HOUR)).toBeLessThan(10);
    const Logins = { [`cognito-idp.us-east-1.amazonaws.com/${config.userPoolId}`]: 'an.id.token' };
    expect(pool.apiRequests).toEqual([
      {
        operation: 'GetId',
        input: { IdentityPoolId: config.identityPool?.id, Logins },
        authorization: undefined,
      },
      {
        operation: 'GetCredentialsForIdentity',
        input: { IdentityId: identityId, Logins },
        authorization: undefined,
      },
    ]);
  });

  it('are asked for once by twenty who come at the same time, and again by whoever comes later', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => credentialsFor(config, 'shared')));
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    expect(asked('GetCredentialsForIdentity')).toBe(1);
    expect(await credentialsFor(config, 'shared')).not.toEqual(all[0]);
    expect(asked('GetCredentialsForIdentity')).toBe(2);
  });

  it('are those of one token and one identity pool', async () => {
    const own = await credentialsFor(config, 'first');
    expect(await credentialsFor(config, 'second')).not.toEqual(own);
    expect(await credentialsFor(configure(), 'first')).not.toEqual(own);
    expect(asked('GetCredentialsForIdentity')).toBe(3);
  });

  it('are refused from the moment at which the user pool refuses the token', async () => {
    await credentialsFor(config, 'token');
    answer({ GetCredentialsForIdentity: refusal('NotAuthorizedException') });
    await expect(credentialsFor(config, 'token')).rejects.toMatchObject({ code: 'identity_pool_refused' });
  });

  it.each([
    ['NotAuthorizedException', 'identity_pool_refused'],
    ['ResourceConflictException', 'identity_pool_refused'],
    ['ResourceNotFoundException', 'identity_pool_misconfigured'],
    ['InvalidIdentityPoolConfigurationException', 'identity_pool_misconfigured'],
    ['InvalidParameterException', 'identity_pool_misconfigured'],
    ['TooManyRequestsException', 'identity_pool_throttled'],
    ['ExternalServiceException', 'identity_pool_unavailable'],
  ])('%s is %s at either call, and is not remembered', async (type, code) => {
    for (const operation of ['GetId', 'GetCredentialsForIdentity']) {
      answer({ [operation]: refusal(type) });
      await expect(credentialsFor(config, 'token')).rejects.toMatchObject({ name: 'AppError', code });
    }
    answer();
    expect((await credentialsFor(config, 'token')).identityId).toBe(identityId);
  });

  it.each<[string, Reply]>([
    ['an error of the server', { status: 500, body: { __type: 'InternalErrorException' } }],
    ['a page', { body: '<h1>Hello</h1>' }],
    ['nothing', { body: {} }],
    ['credentials without a secret', { body: { IdentityId: identityId, Credentials: { AccessKeyId: 'A' } } }],
    ['a broken connection', { reset: true }],
  ])('IF-03 %s is an identity pool that cannot be used now', async (_, reply) => {
    answer({ GetCredentialsForIdentity: reply });
    await expect(credentialsFor(config, 'token')).rejects.toMatchObject({
      code: 'identity_pool_unavailable',
    });
  });

  it('IF-02 both calls together are given up after five seconds', async () => {
    answer({
      GetId: { body: { IdentityId: identityId }, delay: 3_000 },
      GetCredentialsForIdentity: { body: {}, delay: 9_000 },
    });
    const began = performance.now();
    await expect(credentialsFor(config, 'token')).rejects.toMatchObject({
      code: 'identity_pool_unavailable',
    });
    expect(performance.now() - began).toBeLessThan(6_500);
  });

  it('an identity pool that is not there, or not configured, is told apart', async () => {
    const gone = configure({ AWS_ENDPOINT_URL_COGNITO_IDENTITY: `http://localhost:${await freePort()}` });
    await expect(credentialsFor(gone, 'token')).rejects.toMatchObject({ code: 'identity_pool_unavailable' });
    const none = configure({ COGNITO_IDENTITY_POOL_ID: '' });
    await expect(credentialsFor(none, 'token')).rejects.toMatchObject({ code: 'identity_pool_missing' });
  });

  it('IF-11 the log names a refusal, and quotes neither the token nor the refusal’s own words', async () => {
    const lines: string[] = [];
    vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
    const message = 'Token eyJhbGciOiJub25lIn0 of ada@example.com is not from a supported provider';
    answer({ GetId: { status: 400, body: { __type: 'NotAuthorizedException', message } } });
    await expect(credentialsFor(config, 'an-id-token')).rejects.toMatchObject({
      message: 'identity_pool_refused: NotAuthorizedException',
    });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'identity_pool_failed', reason: 'NotAuthorizedException' },
    ]);
    expect(lines.join()).not.toMatch(/ada@|eyJ|an-id-token/);
  });
});

describe('the rules', () => {
  const provider = () => `cognito-idp.us-east-1.amazonaws.com/${config.userPoolId}`;
  const rule = { Claim: 'custom:plan', MatchType: 'Equals', Value: 'pro', RoleARN: 'role/Pro' };
  const roles = () => ({
    body: {
      IdentityPoolId: config.identityPool?.id,
      Roles: { authenticated: 'role/Everybody' },
      RoleMappings: {
        [`${provider()}:web`]: {
          Type: 'Rules',
          AmbiguousRoleResolution: 'Deny',
          RulesConfiguration: { Rules: [rule] },
        },
        [`${provider()}:mobile`]: { Type: 'Token', AmbiguousRoleResolution: 'AuthenticatedRole' },
      },
    },
  });

  it('are those of the app client, asked with a signature, and once a minute for all app clients', async () => {
    answer({ GetIdentityPoolRoles: roles() });
    const [web, mobile, other] = await Promise.all(
      ['web', 'mobile', '__proto__'].map((clientId) => roleSettings(config, clientId)),
    );
    const asRule = { claim: 'custom:plan', match: 'Equals', value: 'pro', roleArn: 'role/Pro' };
    const authenticated = 'role/Everybody';
    expect(web).toEqual({ authenticated, mapping: { type: 'Rules', otherwise: 'Deny', rules: [asRule] } });
    expect(mobile).toEqual({
      authenticated,
      mapping: { type: 'Token', otherwise: 'AuthenticatedRole', rules: [] },
    });
    expect(other).toEqual({ authenticated, mapping: undefined });
    await roleSettings(config, 'web');
    expect(asked('GetIdentityPoolRoles')).toBe(1);
    expect(pool.apiRequests[0]?.authorization).toContain('/us-east-1/cognito-identity/aws4_request');
  });

  it('are asked for anew after a minute, and after ten seconds where they could not be had', async () => {
    const now = vi.spyOn(performance, 'now');
    const begin = performance.now();
    const at = (milliseconds: number) => now.mockReturnValue(begin + milliseconds);
    at(0);
    answer({ GetIdentityPoolRoles: refusal('TooManyRequestsException') });
    await expect(roleSettings(config, 'web')).rejects.toMatchObject({ code: 'identity_pool_throttled' });
    answer({ GetIdentityPoolRoles: roles() });
    at(9_000);
    await expect(roleSettings(config, 'web')).rejects.toMatchObject({ code: 'identity_pool_throttled' });
    at(11_000);
    expect((await roleSettings(config, 'web')).authenticated).toBe('role/Everybody');
    at(70_000);
    await roleSettings(config, 'web');
    expect(asked('GetIdentityPoolRoles')).toBe(2);
    at(72_000);
    await roleSettings(config, 'web');
    expect(asked('GetIdentityPoolRoles')).toBe(3);
  });

  it.each([
    ['AccessDeniedException', 'role_rules_unreadable'],
    ['NotAuthorizedException', 'role_rules_unreadable'],
    ['UnrecognizedClientException', 'role_rules_unreadable'],
    ['ExpiredTokenException', 'role_rules_unreadable'],
    ['ResourceNotFoundException', 'identity_pool_misconfigured'],
    ['TooManyRequestsException', 'identity_pool_throttled'],
    ['InternalErrorException', 'identity_pool_unavailable'],
  ])('%s is %s', async (type, code) => {
    answer({ GetIdentityPoolRoles: refusal(type) });
    await expect(roleSettings(config, 'web')).rejects.toMatchObject({ name: 'AppError', code });
  });

  it('cannot be read without AWS credentials', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE'])
      vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
    await expect(roleSettings(config, 'web')).rejects.toMatchObject({ code: 'role_rules_unreadable' });
    expect(pool.apiRequests).toEqual([]);
  });
});
