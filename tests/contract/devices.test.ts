import type { RespondToAuthChallengeCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import { createDeviceVerifier, signSrpSessionWithDevice, wrapAuthChallenge } from 'cognito-srp-helper';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginSrp, finishSrp, newSrpSession } from './support/srp.ts';
import { type ContractClient, completeTokens, openStage, required, type Stage } from './support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const createPool = async (DeviceOnlyRememberedOnUserPrompt: boolean) => {
  const people = await stage.createPool({
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt },
  });
  await stage.createUser(people.UserPoolId, 'jane');
  return people;
};

/** A sign-in from a new device, which is then confirmed. */
async function confirmDevice(people: ContractClient) {
  const { AuthenticationResult } = await finishSrp(stage, people, await beginSrp(stage, people, 'jane'));
  const tokens = completeTokens(AuthenticationResult);
  const DeviceKey = required(tokens.NewDeviceMetadata?.DeviceKey);
  const groupKey = required(tokens.NewDeviceMetadata?.DeviceGroupKey);
  const { DeviceSecretVerifierConfig, DeviceRandomPassword } = createDeviceVerifier(DeviceKey, groupKey);
  const answer = await stage.api.confirmDevice({
    AccessToken: tokens.AccessToken,
    DeviceKey,
    DeviceName: 'Contract',
    DeviceSecretVerifierConfig,
  });
  return { tokens, DeviceKey, groupKey, secret: DeviceRandomPassword, answer };
}

type Device = Awaited<ReturnType<typeof confirmDevice>>;

/** A sign-in that names a device, up to what the service asks after the password. */
const signInFrom = async (people: ContractClient, DEVICE_KEY: string) =>
  finishSrp(stage, people, await beginSrp(stage, people, 'jane', { parameters: { DEVICE_KEY } }), {
    DEVICE_KEY,
  });

async function proveDevice(people: ContractClient, { DeviceKey, groupKey }: Device, secret: string) {
  const { ClientId } = people;
  const asked = await signInFrom(people, DeviceKey);
  expect(asked.ChallengeName).toBe('DEVICE_SRP_AUTH');
  const session = newSrpSession(people, 'jane');
  const challenged = await stage.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: 'DEVICE_SRP_AUTH',
    Session: asked.Session,
    ChallengeResponses: { USERNAME: 'jane', DEVICE_KEY: DeviceKey, SRP_A: session.largeA },
  });
  expect(challenged).toMatchObject({
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
    ChallengeParameters: { DEVICE_KEY: DeviceKey, SALT: expect.any(String), SRP_B: expect.any(String) },
  });
  const ChallengeParameters = required(challenged.ChallengeParameters);
  const signed = signSrpSessionWithDevice(session, { ChallengeParameters }, groupKey, secret);
  const answer: RespondToAuthChallengeCommandInput = wrapAuthChallenge(signed, {
    ClientId,
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER' as const,
    ...(challenged.Session && { Session: challenged.Session }),
    ChallengeResponses: { USERNAME: 'jane', DEVICE_KEY: DeviceKey },
  });
  return stage.api.respondToAuthChallenge(answer);
}

describe('E.3 devices with AWS SDK and cognito-srp-helper', () => {
  it('E.3 always remembered: confirmed, proven, listed', async () => {
    const people = await createPool(false);
    const device = await confirmDevice(people);
    expect(device.answer.UserConfirmationNecessary).toBe(false);
    expect(decodeJwt(device.tokens.AccessToken)).toHaveProperty('device_key', device.DeviceKey);
    const { AuthenticationResult } = await proveDevice(people, device, device.secret);
    const { AccessToken, NewDeviceMetadata } = completeTokens(AuthenticationResult);
    expect(NewDeviceMetadata).toBeUndefined();
    expect(decodeJwt(AccessToken)).toHaveProperty('device_key', device.DeviceKey);
    const { Devices } = await stage.api.listDevices({ AccessToken });
    expect(Devices).toMatchObject([
      {
        DeviceKey: device.DeviceKey,
        DeviceAttributes: expect.arrayContaining([{ Name: 'device_name', Value: 'Contract' }]),
        DeviceCreateDate: expect.any(Date),
        DeviceLastAuthenticatedDate: expect.any(Date),
      },
    ]);
    await expect(proveDevice(people, device, 'wrong')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });

  it('E.3 remembered when the user says so', async () => {
    const people = await createPool(true);
    const device = await confirmDevice(people);
    expect(device.answer.UserConfirmationNecessary).toBe(true);
    expect(await signInFrom(people, device.DeviceKey)).toHaveProperty('AuthenticationResult.AccessToken');
    await stage.api.updateDeviceStatus({
      AccessToken: device.tokens.AccessToken,
      DeviceKey: device.DeviceKey,
      DeviceRememberedStatus: 'remembered',
    });
    const { AuthenticationResult } = await proveDevice(people, device, device.secret);
    completeTokens(AuthenticationResult);
  });

  it('E.3 refresh with and without device key, through both doors; forgetting ends it', async () => {
    const people = await createPool(false);
    const { ClientId } = people;
    const { tokens, DeviceKey } = await confirmDevice(people);
    const { RefreshToken, AccessToken } = tokens;
    const doors = [
      (key?: string) =>
        stage.api.initiateAuth({
          ClientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: RefreshToken, ...(key && { DEVICE_KEY: key }) },
        }),
      (key?: string) => stage.api.getTokensFromRefreshToken({ ClientId, RefreshToken, DeviceKey: key }),
    ];
    for (const refresh of doors) {
      const { AuthenticationResult } = await refresh(DeviceKey);
      expect(decodeJwt(required(AuthenticationResult?.AccessToken))).toHaveProperty('device_key', DeviceKey);
      await expect(refresh()).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid Refresh Token.',
      });
    }
    await stage.api.forgetDevice({ AccessToken, DeviceKey });
    await expect(stage.api.getDevice({ AccessToken, DeviceKey })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Device does not exist.',
    });
    await expect(signInFrom(people, DeviceKey)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Device does not exist.',
    });
  });

  it('E.3 a pool without tracking gives no device', async () => {
    const people = await stage.createPool();
    await stage.createUser(people.UserPoolId, 'jane');
    const { AccessToken, NewDeviceMetadata } = await stage.signIn(people, 'jane');
    expect(NewDeviceMetadata).toBeUndefined();
    expect(decodeJwt(AccessToken)).not.toHaveProperty('device_key');
    await expect(stage.api.listDevices({ AccessToken })).rejects.toMatchObject({
      name: 'InvalidUserPoolConfigurationException',
    });
  });
});
