import type { ExplicitAuthFlowsType } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthApi, idClaims, password, refusal, startAuthApi, type TestPool } from './auth-api.ts';
import { signInWithIdentityJs } from './identity-js.ts';

let auth: AuthApi;
let pool: TestPool;
const flows: ExplicitAuthFlowsType[] = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'];

beforeAll(async () => {
  auth = await startAuthApi();
  pool = await auth.createPool({ AliasAttributes: ['email'] }, { ExplicitAuthFlows: flows });
  const email = { email: 'ada@example.com', email_verified: 'true' };
  await auth.createUser(pool.UserPoolId, 'ada', email);
});
afterAll(() => auth.close());

const incorrect = refusal('NotAuthorizedException', 'Incorrect username or password.');
const initiate = (AuthParameters: Record<string, string>) =>
  auth.api.initiateAuth({ AuthFlow: 'USER_SRP_AUTH', ClientId: pool.ClientId, AuthParameters });

describe('SRP', () => {
  it('asks without a session, by the real username whatever was typed', async () => {
    const challenge = await initiate({
      USERNAME: 'ada@example.com',
      SRP_A: 'ab'.repeat(300),
    });
    expect(challenge).not.toHaveProperty('Session');
    expect(challenge).toMatchObject({
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        USERNAME: 'ada',
        USER_ID_FOR_SRP: 'ada',
        SALT: expect.stringMatching(/^[0-9a-f]+$/),
        SRP_B: expect.stringMatching(/^[0-9a-f]+$/),
        SECRET_BLOCK: expect.stringMatching(/^[A-Za-z0-9+/=]+$/),
      },
    });
  });

  it.each(['ada', 'ada@example.com'])('signs %s in with cognito-srp-helper', async (name) => {
    expect(idClaims(await auth.signInBySrp(pool, name))).toMatchObject({ 'cognito:username': 'ada' });
  });

  it('refuses a wrong password', async () => {
    await expect(auth.signInBySrp(pool, 'ada', 'wrong')).rejects.toMatchObject(incorrect);
  });

  it.each(['0', '', 'xyz', '-1'])('refuses %j as public key', async (SRP_A) => {
    await expect(initiate({ USERNAME: 'ada', SRP_A })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('signs people in who are called by their address, with amazon-cognito-identity-js', async () => {
    const addresses = await auth.createPool(
      { UsernameAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } },
      { ExplicitAuthFlows: flows },
    );
    const sub = await auth.createUser(addresses.UserPoolId, 'Grace@Example.com');
    const { session } = await signInWithIdentityJs(auth.url, addresses, 'grace@example.COM', password);
    expect(session?.getIdToken().payload).toMatchObject({ sub, 'cognito:username': sub });
    await expect(
      signInWithIdentityJs(auth.url, addresses, 'grace@example.com', 'wrong'),
    ).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });
});
