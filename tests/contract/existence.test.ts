import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginSrp, finishSrp } from './support/srp.ts';
import { type ContractClient, openStage, password, type Stage } from './support/stage.ts';

let stage: Stage;
let legacy: ContractClient;
let discreet: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  legacy = await stage.createPool({ AutoVerifiedAttributes: ['email'] });
  discreet = await stage.createClient(legacy.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' });
  await stage.createUser(legacy.UserPoolId, 'jane', { email: 'jane@example.com', email_verified: 'true' });
});
afterAll(() => stage.close());

const Username = 'nobody';
/** Whom no test has refused before: refusals count against unknown users too. */
const stranger = 'stranger';
const incorrect = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const unknown = { name: 'UserNotFoundException', message: 'User does not exist.' };
const unknownAtClient = {
  name: 'UserNotFoundException',
  message: 'Username/client id combination not found.',
};

type Call = (client: ContractClient) => Promise<unknown>;

describe('E.3 PreventUserExistenceErrors', () => {
  it('E.3 a client without the setting is LEGACY', async () => {
    const { UserPoolClient } = await stage.api.describeUserPoolClient(legacy);
    expect(UserPoolClient?.PreventUserExistenceErrors ?? 'LEGACY').toBe('LEGACY');
  });

  const code = { Username, ConfirmationCode: '123456' };
  const calls: [string, Call, object, object | undefined][] = [
    ['USER_PASSWORD_AUTH', (client) => stage.signIn(client, Username), unknown, incorrect],
    [
      'ADMIN_USER_PASSWORD_AUTH',
      (client) =>
        stage.api.adminInitiateAuth({
          ...client,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: Username, PASSWORD: password },
        }),
      unknown,
      incorrect,
    ],
    [
      'USER_SRP_AUTH',
      async (client) => finishSrp(stage, client, await beginSrp(stage, client, Username)),
      unknown,
      incorrect,
    ],
    [
      'ForgotPassword',
      ({ ClientId }) => stage.api.forgotPassword({ ClientId, Username }),
      unknownAtClient,
      undefined,
    ],
    [
      'ResendConfirmationCode',
      ({ ClientId }) => stage.api.resendConfirmationCode({ ClientId, Username }),
      unknownAtClient,
      undefined,
    ],
    [
      'ConfirmForgotPassword',
      ({ ClientId }) => stage.api.confirmForgotPassword({ ClientId, ...code, Password: password }),
      { name: 'UserNotFoundException' },
      { name: expect.stringMatching(/^(CodeMismatch|ExpiredCode)Exception$/) },
    ],
    [
      'ConfirmSignUp',
      ({ ClientId }) => stage.api.confirmSignUp({ ClientId, ...code }),
      { name: 'UserNotFoundException' },
      { name: expect.stringMatching(/^(CodeMismatch|ExpiredCode|NotAuthorized)Exception$/) },
    ],
  ];

  it.each(calls)(
    'E.3 %s of an unknown user: LEGACY says so, ENABLED does not',
    async (_, call, said, hidden) => {
      await expect(call(legacy)).rejects.toMatchObject(said);
      if (hidden) await expect(call(discreet)).rejects.toMatchObject(hidden);
      else
        await expect(call(discreet)).resolves.toMatchObject({
          CodeDeliveryDetails: {
            AttributeName: 'email',
            DeliveryMedium: 'EMAIL',
            Destination: expect.stringMatching(/^.\*\*\*@.\*\*\*$/),
          },
        });
    },
  );

  it('E.3 SignUp always says that a user exists', async () => {
    for (const { ClientId } of [legacy, discreet])
      await expect(
        stage.api.signUp({ ClientId, Username: 'jane', Password: password }),
      ).rejects.toMatchObject({ name: 'UsernameExistsException' });
  });

  it('E.3 the SRP challenge of an unknown user has the shape of a known one, and stays the same', async () => {
    const [first, second, known] = [
      await beginSrp(stage, discreet, stranger),
      await beginSrp(stage, discreet, stranger),
      await beginSrp(stage, discreet, 'jane'),
    ].map(({ begun }) => begun.ChallengeParameters ?? {});
    expect(Object.keys(first ?? {}).toSorted()).toEqual(Object.keys(known ?? {}).toSorted());
    expect(first).toMatchObject({ SALT: second?.SALT, USER_ID_FOR_SRP: second?.USER_ID_FOR_SRP });
    expect(first?.SRP_B).not.toBe(second?.SRP_B);
    expect(first?.SECRET_BLOCK?.length).toBe(known?.SECRET_BLOCK?.length);
  });

  it('E.3 the SRP challenge of an unknown user takes as long as that of a known one', {
    retry: 2,
  }, async () => {
    const times: Record<string, number[]> = { jane: [], [stranger]: [] };
    const names = Object.keys(times);
    for (let round = 0; round < 60; round += 1)
      for (const name of names) {
        const start = performance.now();
        await stage.api.initiateAuth({
          ClientId: discreet.ClientId,
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: { USERNAME: name, SRP_A: `af965eee${round.toString(16)}` },
        });
        times[name]?.push(performance.now() - start);
      }
    const [known = 0, unknownTime = 0] = names.map((name) => times[name]?.toSorted((a, b) => a - b)[30] ?? 0);
    // Half as long again is within the noise of a busy machine; a missing power of 3072 bits is not.
    expect(unknownTime).toBeGreaterThan(known / 1.5);
    expect(unknownTime).toBeLessThan(known * 1.5);
  });
});
