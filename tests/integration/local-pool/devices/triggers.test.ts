import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createUser } from '../../../../local-pool/src/model/create-user.ts';
import { freshConnections } from '../../../support/fresh-connections.ts';
import { password, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { startTriggerPool, type TriggerPool } from '../triggers/trigger-pool.ts';
import { ALWAYS, enrolDevice, FLOWS, proveDevice, required, signIn } from './device-pool.ts';

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

let functions: TriggerPool;
let running: UserPoolApi;
let pool: TestPool;

beforeAll(async () => {
  functions = await startTriggerPool();
  const api = new CognitoIdentityProvider({
    endpoint: functions.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...freshConnections,
  });
  running = { ...functions, api } as unknown as UserPoolApi;
  const { UserPool } = await api.createUserPool({
    PoolName: 'devices',
    DeviceConfiguration: ALWAYS,
    LambdaConfig: {
      DefineAuthChallenge: arn('DefineAuthChallenge'),
      PostAuthentication: arn('PostAuthentication'),
      PreTokenGeneration: arn('PreTokenGeneration'),
    },
  });
  const UserPoolId = required(UserPool?.Id);
  const { UserPoolClient } = await api.createUserPoolClient({
    UserPoolId,
    ClientName: 'web',
    ExplicitAuthFlows: [...FLOWS.ExplicitAuthFlows],
  });
  pool = { UserPoolId, ClientId: required(UserPoolClient?.ClientId) };
  createUser(
    functions.pool,
    required(functions.pool.userPool(UserPoolId)),
    'jane',
    password,
    {},
    'CONFIRMED',
  );
});
beforeEach(() => functions.reset());
afterAll(async () => {
  running.api.destroy();
  await functions.close();
});

/** What the two triggers were told about the sign-in that has just ended. */
const told = () => {
  const of = (source: string) =>
    functions.events.filter(({ triggerSource }) => triggerSource.startsWith(source));
  return {
    newDeviceUsed: of('PostAuthentication').map(({ request }) => request.newDeviceUsed),
    tokenSources: of('TokenGeneration').map(({ triggerSource }) => triggerSource),
  };
};

describe('the triggers of a pool that tracks devices', () => {
  it('are told of a new device', async () => {
    await signIn(running, pool);
    expect(told()).toEqual({ newDeviceUsed: [true], tokenSources: ['TokenGeneration_Authentication'] });
  });

  it('are told of a remembered device, when it has proven itself', async () => {
    const device = await enrolDevice(running, pool);
    functions.reset();
    const asked = await signIn(running, pool, device.DeviceKey);
    expect(told()).toEqual({ newDeviceUsed: [], tokenSources: [] });
    await (await proveDevice(running, pool, asked.Session, device))();
    expect(told()).toEqual({ newDeviceUsed: [false], tokenSources: ['TokenGeneration_AuthenticateDevice'] });
  });

  it('end a custom authentication with the proof of a remembered device', async () => {
    const device = await enrolDevice(running, pool);
    functions.on('DefineAuthChallenge', () => ({ issueTokens: true, failAuthentication: false }));
    const asked = await running.api.initiateAuth({
      AuthFlow: 'CUSTOM_AUTH',
      ClientId: pool.ClientId,
      AuthParameters: { USERNAME: 'jane', DEVICE_KEY: device.DeviceKey },
    });
    expect(asked.ChallengeName).toBe('DEVICE_SRP_AUTH');
    const { AuthenticationResult } = await (await proveDevice(running, pool, asked.Session, device))();
    expect(AuthenticationResult?.AccessToken).toBeTypeOf('string');
  });
});
