import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  asked,
  attributeRecord,
  idClaims,
  lambdaConfig,
  password,
  refusal,
  startAuthApi,
  type TestPool,
} from './auth-api.ts';
import { startSrp } from './srp-client.ts';

let auth: AuthApi;
let pool: TestPool;
let discreet: TestPool;
const flows = { ExplicitAuthFlows: ['ALLOW_USER_AUTH' as const, 'ALLOW_REFRESH_TOKEN_AUTH' as const] };

beforeAll(async () => {
  auth = await startAuthApi();
  pool = await auth.createPool(
    {
      Policies: {
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] },
      },
      AutoVerifiedAttributes: ['email'],
      LambdaConfig: lambdaConfig('PreAuthentication', 'PostAuthentication', 'UserMigration'),
    },
    flows,
  );
  discreet = await auth.createClient(pool.UserPoolId, { ...flows, PreventUserExistenceErrors: 'ENABLED' });
  const attributes = { email: 'ada@example.com', phone_number: '+15555550100' };
  await auth.createUser(pool.UserPoolId, 'ada', attributes);
});
beforeEach(() => auth.resetTriggers());
afterAll(() => auth.close());

const incorrect = refusal('NotAuthorizedException', 'Incorrect username or password.');
const begin = (parameters: Record<string, string> = {}, client = pool): Promise<Answer> =>
  auth.api.initiateAuth({
    AuthFlow: 'USER_AUTH',
    ClientId: client.ClientId,
    AuthParameters: { USERNAME: 'ada', ...parameters },
  });
const answer = (challenge: Answer, responses: Record<string, string>, client = pool) =>
  auth.answer(client, challenge, { USERNAME: 'ada', ...responses });
const everything = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'];

describe('a choice-based sign-in', () => {
  it('offers what there is', async () => {
    const choice = await begin();
    expect(choice).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: everything,
      ChallengeParameters: {},
    });
    expect(choice.Session).toBeTruthy();
  });

  it('offers a choice when the preferred one is not available', async () => {
    expect(await begin({ PREFERRED_CHALLENGE: 'WEB_AUTHN' })).toMatchObject(asked('SELECT_CHALLENGE'));
    await expect(answer(await begin(), { ANSWER: 'WEB_AUTHN' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('by password at once', async () => {
    expect(idClaims(await begin({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password }))).toBeTruthy();
    await expect(begin({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'wrong' })).rejects.toMatchObject(
      incorrect,
    );
  });

  it('by password in steps, and again after a wrong one', async () => {
    const challenge = await begin({ PREFERRED_CHALLENGE: 'PASSWORD' });
    expect(challenge).toMatchObject(asked('PASSWORD'));
    await expect(answer(challenge, { PASSWORD: 'wrong' })).rejects.toMatchObject(incorrect);
    expect(idClaims(await answer(challenge, { PASSWORD: password }))).toBeTruthy();
    await expect(answer(challenge, { PASSWORD: password })).rejects.toThrow('only be used once');
  });

  it('by password as answer to the choice', async () => {
    const choice = await begin();
    const chosen = { ANSWER: 'PASSWORD', PASSWORD: password };
    await expect(answer(choice, { ...chosen, PASSWORD: 'wrong' })).rejects.toMatchObject(incorrect);
    expect(idClaims(await answer(choice, chosen))).toBeTruthy();
    const inSteps = await answer(await begin(), { ANSWER: 'PASSWORD' });
    expect(inSteps).toMatchObject(asked('PASSWORD'));
    expect(idClaims(await answer(inSteps, { PASSWORD: password }))).toBeTruthy();
  });

  it.each(['at once', 'in steps', 'as answer to the choice'])('by SRP %s, with a session', async (way) => {
    const exchange = startSrp('ada', password, pool.UserPoolId);
    const { SRP_A } = exchange;
    const verifier =
      way === 'at once'
        ? await begin({ PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A })
        : way === 'in steps'
          ? await answer(await begin({ PREFERRED_CHALLENGE: 'PASSWORD_SRP' }), { SRP_A })
          : await answer(await begin(), { ANSWER: 'PASSWORD_SRP', SRP_A });
    expect(verifier).toMatchObject(asked('PASSWORD_VERIFIER'));
    expect(verifier.Session).toBeTruthy();
    const done = await answer(verifier, exchange.prove(verifier));
    expect(idClaims(done)).toBeTruthy();
  });

  it.each([
    ['EMAIL_OTP', 'email', 'EMAIL', 'a***@e***', 'email_verified'],
    ['SMS_OTP', 'sms', 'SMS', '+*******0100', 'phone_number_verified'],
  ])('by %s: eight digits, which verify the address', async (factor, purpose, medium, destination, flag) => {
    const challenge = await begin({ PREFERRED_CHALLENGE: factor });
    expect(challenge).toMatchObject({
      ChallengeName: factor,
      AvailableChallenges: everything,
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: medium,
        CODE_DELIVERY_DESTINATION: destination,
      },
    });
    const code = await auth.newestCode(pool.UserPoolId, 'ada', purpose);
    expect(code).toMatch(/^\d{8}$/);
    await expect(answer(challenge, { [`${factor}_CODE`]: '1' })).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    expect(idClaims(await answer(challenge, { [`${factor}_CODE`]: code }))).toBeTruthy();
    const { UserAttributes } = await auth.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: 'ada' });
    expect(attributeRecord(UserAttributes)[flag]).toBe('true');
    const chosen = await answer(await begin(), { ANSWER: factor });
    expect(chosen).toMatchObject(asked(factor));
  });

  it('by a code, of which none is right after five wrong ones', async () => {
    const challenge = await begin({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
    const mismatch = { name: 'CodeMismatchException' };
    for (let tries = 0; tries < 6; tries += 1)
      await expect(answer(challenge, { EMAIL_OTP_CODE: 'wrong' })).rejects.toMatchObject(mismatch);
    const EMAIL_OTP_CODE = await auth.newestCode(pool.UserPoolId, 'ada', 'email');
    await expect(answer(challenge, { EMAIL_OTP_CODE })).rejects.toMatchObject(mismatch);
  });

  it('runs the pre authentication trigger once, with what was given at the start', async () => {
    const choice = await auth.api.initiateAuth({
      AuthFlow: 'USER_AUTH',
      ClientId: pool.ClientId,
      AuthParameters: { USERNAME: 'ada' },
      ClientMetadata: { at: 'start' },
    });
    await answer(choice, { ANSWER: 'PASSWORD', PASSWORD: password });
    expect(auth.events.map(({ triggerSource }) => triggerSource)).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
    ]);
    expect(auth.events[0]?.request.validationData).toEqual({ at: 'start' });
  });

  it('migrates someone unknown who gives a password', async () => {
    auth.on('UserMigration', ({ userName, request }) =>
      request.password === password
        ? { userAttributes: { email: `${userName}@example.com` }, finalUserStatus: 'CONFIRMED' }
        : {},
    );
    const parameters = { USERNAME: 'moved', PREFERRED_CHALLENGE: 'PASSWORD' };
    await expect(begin({ ...parameters, PASSWORD: 'wrong' })).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
    expect(idClaims(await begin({ ...parameters, PASSWORD: password }))['cognito:username']).toBe('moved');
    auth.events.length = 0;
    await expect(
      begin({ ...parameters, USERNAME: 'moved2', PASSWORD: 'wrong' }, discreet),
    ).rejects.toMatchObject(incorrect);
    expect(auth.events.map(({ triggerSource }) => triggerSource)).toEqual([
      'UserMigration_Authentication',
      'PreAuthentication_Authentication',
    ]);
    const choice = await begin({ USERNAME: 'moved2' }, discreet);
    const responses = { USERNAME: 'moved2', ANSWER: 'PASSWORD', PASSWORD: password };
    expect(idClaims(await answer(choice, responses, discreet))['cognito:username']).toBe('moved2');
  });
});
