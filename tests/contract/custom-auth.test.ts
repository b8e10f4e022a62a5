import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionEvents } from './support/function-events.ts';
import { finishSrp, initiateWithSrp, newSrpSession } from './support/srp.ts';
import { type ContractClient, completeTokens, openStage, required, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

requires('functions');

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  const arn = `${stage.functionArnPrefix}custom-auth`;
  people = await stage.createPool({
    LambdaConfig: { DefineAuthChallenge: arn, CreateAuthChallenge: arn, VerifyAuthChallengeResponse: arn },
  });
  await stage.createUser(people.UserPoolId, 'jane');
});
afterAll(() => stage.close());

const incorrect = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

const begin = (USERNAME: string, { ClientId } = people) =>
  stage.api.initiateAuth({ ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME } });

const answer = (Session: string | undefined, ANSWER: string, { ClientId } = people, USERNAME = 'jane') =>
  stage.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session,
    ChallengeResponses: { USERNAME, ANSWER },
  });

describe('E.3 CUSTOM_AUTH', () => {
  it('E.3 without SRP: a challenge with public parameters, and tokens for the right answer', async () => {
    const begun = await begin('jane');
    expect(begun).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { question: '2 + 2', USERNAME: 'jane' },
    });
    completeTokens((await answer(begun.Session, '4')).AuthenticationResult);
    await expect(answer(begun.Session, '4')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid session for the user, session can only be used once.',
    });
  });

  it('E.3 a wrong answer gives a new challenge, and a refusal when the function has had enough', async () => {
    const first = await begin('jane');
    const second = await answer(first.Session, '5');
    expect(second.ChallengeName).toBe('CUSTOM_CHALLENGE');
    expect(second.Session).not.toBe(first.Session);
    const third = await answer(second.Session, '6');
    await expect(answer(third.Session, '7')).rejects.toMatchObject(incorrect);
  });

  it('E.3 with SRP first', async () => {
    const session = newSrpSession(people, 'jane');
    const begun = await initiateWithSrp(stage, session, {
      ClientId: people.ClientId,
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: 'jane', CHALLENGE_NAME: 'SRP_A' },
    });
    expect(begun.ChallengeName).toBe('PASSWORD_VERIFIER');
    const next = await finishSrp(stage, people, { session, begun });
    expect(next.ChallengeName).toBe('CUSTOM_CHALLENGE');
    completeTokens((await answer(next.Session, '4')).AuthenticationResult);
  });

  it('E.3 the events of a sign-in with SRP name the steps before', async ({ skip }) => {
    skip(stage.functionEvents === '', 'The target has no function events.');
    const rounds = functionEvents(stage.functionEvents, people.UserPoolId)
      .filter(({ triggerSource }) => triggerSource === 'DefineAuthChallenge_Authentication')
      .map(({ request }) => request.session);
    expect(rounds).toContainEqual([
      { challengeName: 'SRP_A', challengeResult: true, challengeMetadata: null },
    ]);
    expect(rounds).toContainEqual([
      { challengeName: 'SRP_A', challengeResult: true, challengeMetadata: null },
      { challengeName: 'PASSWORD_VERIFIER', challengeResult: true, challengeMetadata: null },
      { challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'SUM' },
    ]);
  });

  it('E.3 unknown users: triggers decide with PreventUserExistenceErrors, an error without', async () => {
    await expect(begin('nobody')).rejects.toMatchObject({ name: 'UserNotFoundException' });
    const discreet = await stage.createClient(people.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' });
    const begun = await begin('nobody', discreet);
    expect(begun.ChallengeName).toBe('CUSTOM_CHALLENGE');
    await expect(answer(begun.Session, '4', discreet, 'nobody')).rejects.toMatchObject(incorrect);
  });

  it('E.3 without triggers', async () => {
    const plain = await stage.createPool();
    await stage.createUser(plain.UserPoolId, 'jane');
    await expect(begin('jane', plain)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Custom auth lambda trigger is not configured for the user pool.',
    });
  });

  it('E.3 the administrator’s twin', async () => {
    const begun = await stage.api.adminInitiateAuth({
      ...people,
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: 'jane' },
    });
    const { AuthenticationResult } = await stage.api.adminRespondToAuthChallenge({
      ...people,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: required(begun.Session),
      ChallengeResponses: { USERNAME: 'jane', ANSWER: '4' },
    });
    completeTokens(AuthenticationResult);
  });
});
