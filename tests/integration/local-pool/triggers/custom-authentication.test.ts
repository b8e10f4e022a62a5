import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  runCreateAuthChallenge,
  runDefineAuthChallenge,
  runVerifyAuthChallengeResponse,
} from '../../../../local-pool/src/lambda/custom-auth.ts';
import { createUser } from '../../../../local-pool/src/model/create-user.ts';
import type { User } from '../../../../local-pool/src/model/user.ts';
import { envelope, startTriggerPool, type TriggerPool, unrecognizable } from './trigger-pool.ts';

let running: TriggerPool;
let ada: User;

beforeAll(async () => {
  running = await startTriggerPool();
  const attributes = { email: 'ada@example.com', email_verified: 'true' };
  ada = createUser(running.pool, running.aliases, 'ada', undefined, attributes, 'CONFIRMED');
});
beforeEach(() => running.reset());
afterAll(() => running.close());

const adasAttributes = () => ({
  sub: ada.sub,
  'cognito:user_status': 'CONFIRMED',
  email: 'ada@example.com',
  email_verified: 'true',
});

const onlyEvent = () => running.onlyEvent();

describe('custom authentication', () => {
  const session = [
    { challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'CAPTCHA' },
    { challengeName: 'SRP_A', challengeResult: true, challengeMetadata: null },
  ];
  const attempt = () => ({ user: ada, username: 'typed', clientMetadata: { a: 'b' } });
  const unknown = { user: undefined, username: 'typed' };
  const define = (who: { user: User | undefined; username: string } = attempt()) =>
    runDefineAuthChallenge(running.pool, running.aliases, running.legacy, { ...who, session });
  const create = (who: { user: User | undefined; username: string } = attempt()) =>
    runCreateAuthChallenge(running.pool, running.aliases, running.legacy, {
      ...who,
      session,
      challengeName: 'CUSTOM_CHALLENGE',
    });
  const verify = (who: { user: User | undefined; username: string } = attempt()) =>
    runVerifyAuthChallengeResponse(running.pool, running.aliases, running.legacy, {
      ...who,
      privateChallengeParameters: { answer: '42' },
      challengeAnswer: '41',
    });

  it('the define function is told what happened so far', async () => {
    running.on('DefineAuthChallenge', () => ({ challengeName: 'CUSTOM_CHALLENGE' }));
    expect(await define()).toEqual({
      challengeName: 'CUSTOM_CHALLENGE',
      issueTokens: false,
      failAuthentication: false,
    });
    expect(onlyEvent()).toEqual({
      ...envelope('DefineAuthChallenge_Authentication', 'ada', 'legacy'),
      request: {
        userAttributes: adasAttributes(),
        session,
        clientMetadata: { a: 'b' },
        userNotFound: false,
      },
      response: { challengeName: null, issueTokens: null, failAuthentication: null },
    });
  });

  it.each([
    [{ issueTokens: true }, { issueTokens: true, failAuthentication: false }],
    [
      { failAuthentication: true, challengeName: null },
      { issueTokens: false, failAuthentication: true },
    ],
    [
      { challengeName: 'PASSWORD_VERIFIER', issueTokens: false, failAuthentication: false },
      { challengeName: 'PASSWORD_VERIFIER', issueTokens: false, failAuthentication: false },
    ],
  ])('%j of the define function means %j', async (response, result) => {
    running.on('DefineAuthChallenge', () => response);
    expect(await define()).toEqual(result);
  });

  it.each([{}, { issueTokens: false }, { challengeName: '' }, { challengeName: 5 }, { issueTokens: 'yes' }])(
    '%j of the define function is unrecognizable',
    async (response) => {
      running.on('DefineAuthChallenge', () => response);
      await expect(define()).rejects.toMatchObject(unrecognizable);
    },
  );

  it('the create function makes public and private parameters', async () => {
    const created = {
      publicChallengeParameters: { question: '6 x 7' },
      privateChallengeParameters: { answer: '42' },
      challengeMetadata: 'MATHS',
    };
    running.on('CreateAuthChallenge', () => created);
    expect(await create()).toEqual(created);
    expect(onlyEvent()).toMatchObject({
      triggerSource: 'CreateAuthChallenge_Authentication',
      request: { challengeName: 'CUSTOM_CHALLENGE', session, userNotFound: false },
    });
  });

  it('the create function may make nothing', async () => {
    expect(await create()).toEqual({ publicChallengeParameters: {}, privateChallengeParameters: {} });
  });

  it.each([
    { publicChallengeParameters: { n: 5 } },
    { privateChallengeParameters: ['42'] },
    { challengeMetadata: {} },
  ])('%j of the create function is unrecognizable', async (response) => {
    running.on('CreateAuthChallenge', () => response);
    await expect(create()).rejects.toMatchObject(unrecognizable);
  });

  it('the verify function judges the answer by the private parameters', async () => {
    running.on('VerifyAuthChallengeResponse', ({ request }) => {
      const { privateChallengeParameters } = request as {
        privateChallengeParameters: Record<string, string>;
      };
      return { answerCorrect: request.challengeAnswer === privateChallengeParameters.answer };
    });
    expect(await verify()).toBe(false);
    expect(onlyEvent().request).toEqual({
      userAttributes: adasAttributes(),
      privateChallengeParameters: { answer: '42' },
      challengeAnswer: '41',
      clientMetadata: { a: 'b' },
      userNotFound: false,
    });
    running.on('VerifyAuthChallengeResponse', () => ({ answerCorrect: true }));
    expect(await verify()).toBe(true);
  });

  it('an answer that the verify function does not judge is not right', async () => {
    expect(await verify()).toBe(false);
  });

  it('all three are told that someone does not exist', async () => {
    running.on('DefineAuthChallenge', () => ({ failAuthentication: true }));
    await define(unknown);
    await create(unknown);
    await verify(unknown);
    expect(running.events).toHaveLength(3);
    for (const { userName, request } of running.events) {
      expect(userName).toBe('typed');
      expect(request).toMatchObject({ userAttributes: {}, userNotFound: true, clientMetadata: {} });
    }
  });

  it('needs its functions', async () => {
    const refusal = {
      code: 'InvalidParameterException',
      message: 'Custom auth lambda trigger is not configured for the user pool.',
    };
    const { pool, untriggered } = running;
    await expect(
      runDefineAuthChallenge(pool, untriggered, undefined, { ...unknown, session }),
    ).rejects.toMatchObject(refusal);
  });
});
