import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  idClaims,
  refusal,
  softwareCode,
  startAuthApi,
  type TestPool,
} from '../../integration/local-pool/api-auth/auth-api.ts';
import { mfaPool, totp } from '../../integration/local-pool/api-auth/mfa-pool.ts';

let auth: AuthApi;
beforeAll(async () => {
  auth = await startAuthApi();
});
afterAll(() => auth.close());

const locked = refusal('NotAuthorizedException', 'Password attempts exceeded');
const mismatch = { name: 'CodeMismatchException' };

/** How many of these guesses were judged, each in a sign-in of its own. */
async function judged(guesses: number, guess: () => Promise<unknown>): Promise<number> {
  let count = 0;
  for (let tries = 0; tries < guesses; tries += 1) {
    const refused = await guess().catch((error: unknown) => error);
    if (refused instanceof Error && refused.name === mismatch.name) count += 1;
    else expect(refused).toMatchObject(locked);
  }
  return count;
}

describe('guesses at the code of an authenticator app', () => {
  let pool: TestPool;
  let secret = '';
  beforeAll(async () => {
    pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...totp });
    await auth.createUser(pool.UserPoolId, 'ada');
    const { Session } = await auth.signIn(pool, 'ada');
    const associated = await auth.api.associateSoftwareToken({ Session });
    secret = associated.SecretCode ?? '';
    const UserCode = softwareCode(secret, auth.clock.now());
    await auth.api.verifySoftwareToken({ Session: associated.Session, UserCode });
    auth.clock.advance(30_000);
  });
  const answer = (challenge: Answer, SOFTWARE_TOKEN_MFA_CODE: string) =>
    auth.answer(pool, challenge, { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE });
  const guess = async () => answer(await auth.signIn(pool, 'ada'), 'xxxxxx');

  it('LP-07 lock from the fifth on, however many sign-ins they are spread over', async () => {
    expect(await judged(12, guess)).toBe(5);
    auth.clock.advance(1000);
    expect(await judged(3, guess)).toBe(1);
    auth.clock.advance(1999);
    const challenge = await auth.signIn(pool, 'ada');
    await expect(answer(challenge, softwareCode(secret, auth.clock.now()))).rejects.toMatchObject(locked);
    auth.clock.advance(1);
    expect(idClaims(await answer(challenge, softwareCode(secret, auth.clock.now())))).toBeTruthy();
    expect(await judged(5, guess)).toBe(5);
  });
});

describe.each([
  ['a user', 'ada'],
  ['someone unknown', 'nobody'],
])('guesses at the code that signs %s in without a password', (_, USERNAME) => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await auth.createPool(
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
      { ExplicitAuthFlows: ['ALLOW_USER_AUTH'], PreventUserExistenceErrors: 'ENABLED' },
    );
    await auth.createUser(pool.UserPoolId, 'ada', { email: 'ada@example.com' });
  });
  const begin = () =>
    auth.api.initiateAuth({
      AuthFlow: 'USER_AUTH',
      ClientId: pool.ClientId,
      AuthParameters: { USERNAME, PREFERRED_CHALLENGE: 'EMAIL_OTP' },
    });
  const answer = (challenge: Answer, EMAIL_OTP_CODE: string) =>
    auth.answer(pool, challenge, { USERNAME, EMAIL_OTP_CODE });

  it('LP-07 lock from the fifth on, however many sign-ins they are spread over', async () => {
    expect(await judged(12, async () => answer(await begin(), 'wrong'))).toBe(5);
    auth.clock.advance(1000);
    expect(await judged(3, async () => answer(await begin(), 'wrong'))).toBe(1);
  });

  it('LP-07 leave the password alone', async () => {
    auth.clock.advance(60 * 60_000);
    await judged(6, async () => answer(await begin(), 'wrong'));
    const byPassword = auth.api.initiateAuth({
      AuthFlow: 'USER_AUTH',
      ClientId: pool.ClientId,
      AuthParameters: { USERNAME, PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'wrong' },
    });
    await expect(byPassword).rejects.toThrow('Incorrect username or password.');
  });
});
