import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTriggerPool, type TriggerPool } from '../../integration/local-pool/triggers/trigger-pool.ts';

const Password = 'Cabana-demo-1';
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

let pool: TriggerPool;
let api: CognitoIdentityProvider;
beforeAll(async () => {
  // The handlers call the pool back, which a busy machine may not answer within a test's short limits.
  pool = await startTriggerPool({ triggerLimits: { timeoutMs: 5_000, attempts: 1 } });
  api = new CognitoIdentityProvider({
    endpoint: pool.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  api.destroy();
  await pool.close();
});
beforeEach(() => pool.reset());

/** A pool of its own, since it may be deleted. */
async function newPool(trigger: 'PreSignUp' | 'PostConfirmation' | 'PreTokenGeneration') {
  const LambdaConfig = { PreSignUp: functionArn('PreSignUp'), [trigger]: functionArn(trigger) };
  const { UserPool } = await api.createUserPool({
    PoolName: 'people',
    AutoVerifiedAttributes: ['email'],
    LambdaConfig,
  });
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await api.createUserPoolClient({
    UserPoolId,
    ClientName: 'web',
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  return { UserPoolId, ClientId: UserPoolClient?.ClientId ?? '' };
}

describe('a user whom PostConfirmation deletes', () => {
  it.each(['adminDeleteUser', 'deleteUserPool'] as const)(
    'has signed up, without a session (%s)',
    async (deletion) => {
      const { UserPoolId, ClientId } = await newPool('PostConfirmation');
      pool.on('PreSignUp', () => ({ autoConfirmUser: true }));
      pool.on('PostConfirmation', async () => {
        await api[deletion]({ UserPoolId, Username: 'ada' });
        return {};
      });
      const answer = await api.signUp({ ClientId, Username: 'ada', Password });
      expect(answer).toMatchObject({ UserConfirmed: true });
      expect(answer.Session).toBeUndefined();
      expect(pool.events.map(({ triggerSource }) => triggerSource)).toContain(
        'PostConfirmation_ConfirmSignUp',
      );
    },
  );

  it('has confirmed, without a session', async () => {
    const { UserPoolId, ClientId } = await newPool('PostConfirmation');
    pool.on('PreSignUp', () => ({}));
    pool.on('PostConfirmation', async () => {
      await api.adminDeleteUser({ UserPoolId, Username: 'ada' });
      return {};
    });
    const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];
    const { Session } = await api.signUp({ ClientId, Username: 'ada', Password, UserAttributes });
    expect(Session).toBeDefined();
    const inbox = await fetch(`${pool.url}/inbox.json?userPoolId=${UserPoolId}`);
    const [{ code: ConfirmationCode } = { code: '' }] = (await inbox.json()) as { code: string }[];
    const answer = await api.confirmSignUp({ ClientId, Username: 'ada', ConfirmationCode });
    expect(answer.Session).toBeUndefined();
    await expect(api.adminGetUser({ UserPoolId, Username: 'ada' })).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
  });
});

describe('a user pool that goes during PreTokenGeneration', () => {
  it('refuses the sign-in as a pool that there is not', async () => {
    const { UserPoolId, ClientId } = await newPool('PreTokenGeneration');
    await api.adminCreateUser({ UserPoolId, Username: 'ada', MessageAction: 'SUPPRESS' });
    await api.adminSetUserPassword({ UserPoolId, Username: 'ada', Password, Permanent: true });
    pool.on('PreTokenGeneration', async () => {
      await api.deleteUserPool({ UserPoolId });
      return {};
    });
    await expect(
      api.initiateAuth({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD: Password },
      }),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `User pool ${UserPoolId} does not exist.`,
    });
  });
});
