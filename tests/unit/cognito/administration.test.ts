import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findUser, signUserOut } from '../../../lib/cognito/administration.ts';
import { type Config, parseConfig } from '../../../lib/config.ts';
import { freePort, randomSecret } from '../../support/app.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let config: Config;

beforeAll(async () => {
  pool = await startHostileUserPool();
  config = parseConfig({
    ...pool.environment,
    SESSION_SECRET: randomSecret(),
    ALLOW_INSECURE_USER_POOL: 'true',
  });
});
afterAll(() => pool.close());
beforeEach(() => {
  pool.reset();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
});
afterEach(() => vi.unstubAllEnvs());

const ada = { Username: 'ada', UserAttributes: [{ Name: 'sub', Value: 'the-sub' }], Enabled: true };

describe('finding a user', () => {
  it('asks the configured user pool, signed for its region', async () => {
    pool.onApi(() => ({ body: ada }));
    expect(await findUser(config, 'ada@example.com')).toEqual({ sub: 'the-sub', username: 'ada' });
    const [request] = pool.apiRequests;
    expect(request).toMatchObject({
      operation: 'AdminGetUser',
      input: { UserPoolId: config.userPoolId, Username: 'ada@example.com' },
    });
    expect(request?.authorization).toContain('/us-east-1/cognito-idp/aws4_request');
  });

  it.each([
    ['UserNotFoundException', 'unknown_user'],
    ['InvalidParameterException', 'unknown_user'],
    ['AccessDeniedException', 'aws_access_denied'],
    ['UnrecognizedClientException', 'aws_access_denied'],
    ['ExpiredTokenException', 'aws_access_denied'],
    ['ResourceNotFoundException', 'user_pool_unavailable'],
    ['TooManyRequestsException', 'user_pool_unavailable'],
  ])('%s is %s', async (type, code) => {
    pool.onApi(() => ({ status: 400, body: { __type: type, message: 'refused' } }));
    await expect(findUser(config, 'ada')).rejects.toMatchObject({ name: 'AppError', code });
  });

  it('a user without a sub is an answer that makes no sense', async () => {
    pool.onApi(() => ({ body: { Username: 'ada', UserAttributes: [] } }));
    await expect(findUser(config, 'ada')).rejects.toMatchObject({ code: 'user_pool_unavailable' });
  });

  it('without AWS credentials it says so, and asks nothing', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE'])
      vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
    await expect(findUser(config, 'ada')).rejects.toMatchObject({ code: 'aws_credentials_missing' });
    expect(pool.apiRequests).toEqual([]);
  });

  it('IF-02 a user pool that does not answer is given up', async () => {
    pool.onApi(() => ({ delay: 30_000 }));
    const started = performance.now();
    await expect(findUser(config, 'ada')).rejects.toMatchObject({ code: 'user_pool_unavailable' });
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('a user pool that is not there is unavailable', async () => {
    const nowhere = { ...config, issuer: `http://localhost:${await freePort()}/us-east-1_Hostile01` };
    await expect(findUser(nowhere, 'ada')).rejects.toMatchObject({ code: 'user_pool_unavailable' });
  });
});

it('signing a user out names them as the user pool does', async () => {
  await signUserOut(config, { username: 'ada' });
  expect(pool.apiRequests).toMatchObject([
    { operation: 'AdminUserGlobalSignOut', input: { UserPoolId: config.userPoolId, Username: 'ada' } },
  ]);
});
