import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Answer, type AuthApi, asked, idClaims, password, refusal, type TestPool } from './auth-api.ts';

import { askSum, type CustomAuthPool, customAuthFlows, startCustomAuthPool } from './custom-auth-pool.ts';

let auth: AuthApi;
let pool: TestPool;
let begin: CustomAuthPool['begin'];

beforeAll(async () => {
  ({ auth, pool, begin } = await startCustomAuthPool());
});
beforeEach(() => auth.resetTriggers());
afterAll(() => auth.close());

const incorrect = refusal('NotAuthorizedException', 'Incorrect username or password.');
const unrecognizable = refusal('InvalidLambdaResponseException', 'Unrecognizable lambda output');
const answer = (challenge: Answer, ANSWER: string, client = pool) =>
  auth.answer(client, challenge, { USERNAME: 'ada', ANSWER });

describe('custom authentication', () => {
  it('asks what the triggers say, and gives tokens for the right answer', async () => {
    askSum(auth);
    const challenge = await begin();
    expect(challenge).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { USERNAME: 'ada', question: '2+0' },
    });
    expect(JSON.stringify(challenge)).not.toContain('sum');
    const done = await auth.api.respondToAuthChallenge({
      ClientId: pool.ClientId,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: challenge.Session,
      ChallengeResponses: { USERNAME: 'ada', ANSWER: '2' },
      ClientMetadata: { from: 'answer' },
    });
    expect(idClaims(done)['cognito:username']).toBe('ada');
    expect(auth.events.map(({ triggerSource }) => triggerSource)).toEqual([
      'DefineAuthChallenge_Authentication',
      'CreateAuthChallenge_Authentication',
      'VerifyAuthChallengeResponse_Authentication',
      'DefineAuthChallenge_Authentication',
    ]);
    const [define, create, verify, last] = auth.events.map(({ request }) => request);
    expect(define).toMatchObject({ session: [], clientMetadata: {}, userNotFound: false });
    expect(create).toMatchObject({ session: [], challengeName: 'CUSTOM_CHALLENGE', clientMetadata: {} });
    expect(verify).toMatchObject({
      challengeAnswer: '2',
      privateChallengeParameters: { sum: '2' },
      clientMetadata: { from: 'answer' },
    });
    expect(last).toMatchObject({
      session: [{ challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'round 0' }],
      clientMetadata: { from: 'answer' },
    });
  });

  it('goes on after a wrong answer as the define trigger says, with a new session each time', async () => {
    askSum(auth);
    const first = await begin();
    const second = await answer(first, 'wrong');
    expect(second.ChallengeParameters?.question).toBe('2+1');
    expect(second.Session).not.toBe(first.Session);
    await expect(answer(first, '2')).rejects.toThrow('session can only be used once');
    const third = await answer(second, 'wrong');
    await expect(answer(third, 'wrong')).rejects.toMatchObject(incorrect);
    const again = await begin();
    expect(idClaims(await answer(await answer(again, 'wrong'), '3'))).toBeTruthy();
  });

  it('counts parallel answers to one challenge as one', async () => {
    askSum(auth);
    const challenge = await begin();
    const outcomes = await Promise.allSettled(['0', '1', '2', '3'].map((tried) => answer(challenge, tried)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(auth.events.filter(({ triggerSource }) => triggerSource.startsWith('Verify'))).toHaveLength(1);
  });

  it('fails when the trigger says so, and is no error of the pool when it says nothing', async () => {
    auth.on('DefineAuthChallenge', () => ({ failAuthentication: true, issueTokens: true }));
    await expect(begin()).rejects.toMatchObject(incorrect);
    auth.on('DefineAuthChallenge', () => ({}));
    await expect(begin()).rejects.toMatchObject(unrecognizable);
    auth.on('DefineAuthChallenge', () => {
      throw new Error('No!');
    });
    await expect(begin()).rejects.toMatchObject(
      refusal('UserLambdaValidationException', 'DefineAuthChallenge failed with error No!.'),
    );
  });

  it.each([
    'PASSWORD_VERIFIER',
    'SRP_A',
    'NEW_PASSWORD_REQUIRED',
    'DEVICE_SRP_AUTH',
    'SOFTWARE_TOKEN_MFA',
    'NONSENSE',
  ])('cannot ask %s of someone to whom it does not apply', async (challengeName) => {
    auth.on('DefineAuthChallenge', () => ({ challengeName }));
    await expect(begin()).rejects.toMatchObject(unrecognizable);
  });

  it('without triggers is refused', async () => {
    const plain = await auth.createPool({}, customAuthFlows);
    await auth.createUser(plain.UserPoolId, 'ada');
    await expect(begin('ada', plain)).rejects.toMatchObject(
      refusal('InvalidParameterException', 'Custom auth lambda trigger is not configured for the user pool.'),
    );
  });

  it('gives no tokens to someone disabled or unconfirmed', async () => {
    auth.on('DefineAuthChallenge', () => ({ issueTokens: true }));
    await auth.createUser(pool.UserPoolId, 'disabled');
    await auth.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username: 'disabled' });
    await expect(begin('disabled')).rejects.toMatchObject(
      refusal('NotAuthorizedException', 'User is disabled.'),
    );
    await auth.api.signUp({ ClientId: pool.ClientId, Username: 'unconfirmed', Password: password });
    await expect(begin('unconfirmed')).rejects.toMatchObject({ name: 'UserNotConfirmedException' });
  });

  it('asks for no second factor that the trigger did not ask for', async () => {
    auth.on('DefineAuthChallenge', () => ({ issueTokens: true }));
    await auth.createUser(pool.UserPoolId, 'careful', { phone_number: '+15555550101' });
    await auth.api.adminSetUserMFAPreference({
      UserPoolId: pool.UserPoolId,
      Username: 'careful',
      SMSMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    expect(await auth.signIn(pool, 'careful')).toMatchObject(asked('SMS_MFA'));
    expect(idClaims(await begin('careful'))).toBeTruthy();
  });
});
