import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuthApi, asked, refusal, type TestPool } from './auth-api.ts';
import { askSum, type CustomAuthPool, startCustomAuthPool } from './custom-auth-pool.ts';

let auth: AuthApi;
let pool: TestPool;
let discreet: TestPool;
let begin: CustomAuthPool['begin'];

beforeAll(async () => {
  ({ auth, pool, discreet, begin } = await startCustomAuthPool());
});
beforeEach(() => auth.resetTriggers());
afterAll(() => auth.close());

const incorrect = refusal('NotAuthorizedException', 'Incorrect username or password.');

describe('custom authentication of someone unknown', () => {
  it('is refused where the client may know', async () => {
    askSum(auth);
    await expect(begin('nobody')).rejects.toMatchObject(
      refusal('UserNotFoundException', 'User does not exist.'),
    );
    expect(auth.events).toEqual([]);
  });

  it('runs the triggers otherwise, and never gives tokens', async () => {
    askSum(auth);
    const challenge = await begin('nobody', discreet);
    expect(challenge).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { USERNAME: 'nobody' },
    });
    const right = auth.answer(discreet, challenge, { USERNAME: 'nobody', ANSWER: '2' });
    await expect(right).rejects.toMatchObject(incorrect);
    expect(auth.events).toHaveLength(4);
    for (const { userName, request } of auth.events) {
      expect(userName).toBe('nobody');
      expect(request).toMatchObject({ userNotFound: true, userAttributes: {} });
    }
  });

  it.each([
    ['SMS_MFA', 'SMS_MFA_CODE'],
    ['EMAIL_OTP', 'EMAIL_OTP_CODE'],
    ['SOFTWARE_TOKEN_MFA', 'SOFTWARE_TOKEN_MFA_CODE'],
  ])('is asked %s like anyone else', async (challengeName, member) => {
    auth.on('DefineAuthChallenge', () => ({ challengeName }));
    const challenge = await begin('nobody', discreet);
    expect(challenge).toMatchObject(asked(challengeName));
    expect(await auth.messages(pool.UserPoolId, 'nobody')).toEqual([]);
    await expect(
      auth.answer(discreet, challenge, { USERNAME: 'nobody', [member]: '123456' }),
    ).rejects.toMatchObject({ name: 'CodeMismatchException' });
  });
});
