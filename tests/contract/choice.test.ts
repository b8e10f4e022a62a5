import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordless } from './support/passwordless.ts';
import { finishSrp, initiateWithSrp, newSrpSession } from './support/srp.ts';
import {
  attributeRecord,
  type ContractClient,
  completeTokens,
  openStage,
  password,
  type Stage,
} from './support/stage.ts';
import { requires } from './target.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool(passwordless);
  await stage.createUser(people.UserPoolId, 'jane', {
    email: 'jane@example.com',
    phone_number: '+12065550100',
  });
});
afterAll(() => stage.close());

const begin = (parameters: Record<string, string> = {}, { ClientId } = people) =>
  stage.api.initiateAuth({
    ClientId,
    AuthFlow: 'USER_AUTH',
    AuthParameters: { USERNAME: 'jane', ...parameters },
  });

const answer = (
  ChallengeName: ChallengeNameType,
  Session: string | undefined,
  responses: Record<string, string>,
) =>
  stage.api.respondToAuthChallenge({
    ClientId: people.ClientId,
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: 'jane', ...responses },
  });

describe('E.3 USER_AUTH', () => {
  it('E.3 without a preference: SELECT_CHALLENGE with what is available', async () => {
    const asked = await begin();
    expect(asked.ChallengeName).toBe('SELECT_CHALLENGE');
    expect(asked.AvailableChallenges?.toSorted()).toEqual([
      'EMAIL_OTP',
      'PASSWORD',
      'PASSWORD_SRP',
      'SMS_OTP',
    ]);
  });

  it('E.3 PASSWORD: preferred in one call, or chosen in two', async () => {
    const { AuthenticationResult } = await begin({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password });
    completeTokens(AuthenticationResult);
    const asked = await begin();
    const done = await answer('SELECT_CHALLENGE', asked.Session, { ANSWER: 'PASSWORD', PASSWORD: password });
    completeTokens(done.AuthenticationResult);
    const wrong = await begin();
    await expect(
      answer('SELECT_CHALLENGE', wrong.Session, { ANSWER: 'PASSWORD', PASSWORD: 'Wrong-Password-1' }),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  });

  it('E.3 PASSWORD_SRP: preferred, and chosen', async () => {
    const session = newSrpSession(people, 'jane');
    const begun = await initiateWithSrp(stage, session, {
      ClientId: people.ClientId,
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: 'jane', PREFERRED_CHALLENGE: 'PASSWORD_SRP' },
    });
    expect(begun).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER', Session: expect.any(String) });
    completeTokens((await finishSrp(stage, people, { session, begun })).AuthenticationResult);

    const chosen = newSrpSession(people, 'jane');
    const asked = await answer('SELECT_CHALLENGE', (await begin()).Session, {
      ANSWER: 'PASSWORD_SRP',
      SRP_A: chosen.largeA,
    });
    expect(asked).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER', Session: expect.any(String) });
    const done = await finishSrp(stage, people, { session: chosen, begun: asked });
    completeTokens(done.AuthenticationResult);
  });

  it('E.3 unknown users with PreventUserExistenceErrors get a challenge all the same', async () => {
    const discreet = await stage.createClient(people.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' });
    const simulated = await begin({ USERNAME: 'nobody', PREFERRED_CHALLENGE: 'EMAIL_OTP' }, discreet);
    expect(simulated).toMatchObject({
      ChallengeName: 'EMAIL_OTP',
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL',
        CODE_DELIVERY_DESTINATION: expect.stringContaining('***@'),
      },
    });
    await expect(begin({ USERNAME: 'nobody' })).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });

  it('E.3 a client that does not allow the flow', async () => {
    const without = await stage.createClient(people.UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
    });
    await expect(begin({}, without)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('E.3 USER_AUTH with codes', () => {
  requires('inbox');

  it.each([
    ['EMAIL_OTP', 'email', 'j***@e***', 'email_verified'],
    ['SMS_OTP', 'sms', '+*******0100', 'phone_number_verified'],
  ] as const)(
    'E.3 %s: preferred and chosen; the address is verified by it',
    async (name, purpose, masked, flag) => {
      const { UserPoolId } = people;
      const asked = await begin({ PREFERRED_CHALLENGE: name });
      expect(asked).toMatchObject({
        ChallengeName: name,
        ChallengeParameters: { CODE_DELIVERY_DESTINATION: masked },
      });
      const code = await stage.newestCode(UserPoolId, 'jane', purpose);
      expect(code).toMatch(/^\d{8}$/);
      const wrong = code === '11111111' ? '22222222' : '11111111';
      await expect(answer(name, asked.Session, { [`${name}_CODE`]: wrong })).rejects.toMatchObject({
        name: 'CodeMismatchException',
        message: 'Invalid code or auth state for the user.',
      });
      completeTokens((await answer(name, asked.Session, { [`${name}_CODE`]: code })).AuthenticationResult);
      const { UserAttributes } = await stage.api.adminGetUser({ UserPoolId, Username: 'jane' });
      expect(attributeRecord(UserAttributes)).toMatchObject({ [flag]: 'true' });

      const choice = await answer('SELECT_CHALLENGE', (await begin()).Session, { ANSWER: name });
      expect(choice.ChallengeName).toBe(name);
      const second = await stage.newestCode(UserPoolId, 'jane', purpose);
      completeTokens((await answer(name, choice.Session, { [`${name}_CODE`]: second })).AuthenticationResult);
    },
  );

  it('E.3 somebody without a password signs up and signs in by code', async () => {
    const { UserPoolId, ClientId } = people;
    await stage.api.signUp({
      ClientId,
      Username: 'wordless',
      UserAttributes: [{ Name: 'email', Value: 'wordless@example.com' }],
    });
    const ConfirmationCode = await stage.newestCode(UserPoolId, 'wordless', 'signUp');
    await stage.api.confirmSignUp({ ClientId, Username: 'wordless', ConfirmationCode });
    const asked = await begin({ USERNAME: 'wordless', PREFERRED_CHALLENGE: 'EMAIL_OTP' });
    expect(asked).toMatchObject({ ChallengeName: 'EMAIL_OTP', AvailableChallenges: ['EMAIL_OTP'] });
    const done = await answer('EMAIL_OTP', asked.Session, {
      USERNAME: 'wordless',
      EMAIL_OTP_CODE: await stage.newestCode(UserPoolId, 'wordless', 'email'),
    });
    completeTokens(done.AuthenticationResult);
  });
});
