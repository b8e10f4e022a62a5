import type {
  AuthenticationResultType,
  DeviceConfigurationType,
  InitiateAuthCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  createDeviceVerifier,
  createSrpSession,
  signSrpSession,
  signSrpSessionWithDevice,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { password, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';

/** A device as a client keeps it. */
export interface ClientDevice {
  DeviceKey: string;
  DeviceGroupKey: string;
  devicePassword: string;
}

export const ALWAYS: DeviceConfigurationType = {
  ChallengeRequiredOnNewDevice: true,
  DeviceOnlyRememberedOnUserPrompt: false,
};

export const FLOWS = {
  ExplicitAuthFlows: [
    'ALLOW_USER_SRP_AUTH',
    'ALLOW_USER_PASSWORD_AUTH',
    'ALLOW_REFRESH_TOKEN_AUTH',
    'ALLOW_CUSTOM_AUTH',
    'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  ] as const,
};

/** Fails where the value is missing. */
export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('A value is missing.');
  return value;
}

/** A user pool that tracks devices, with one user `jane`. */
export async function createDevicePool(
  running: UserPoolApi,
  DeviceConfiguration: DeviceConfigurationType = ALWAYS,
): Promise<TestPool> {
  const pool = await running.createPool(
    { DeviceConfiguration },
    { ExplicitAuthFlows: [...FLOWS.ExplicitAuthFlows] },
  );
  await running.createUser(pool.UserPoolId, 'jane', {
    email: 'jane@example.com',
    phone_number: '+12065550100',
  });
  return pool;
}

/** USER_PASSWORD_AUTH. */
export function signIn(
  { api }: UserPoolApi,
  { ClientId }: TestPool,
  DEVICE_KEY?: string,
  USERNAME = 'jane',
): Promise<InitiateAuthCommandOutput> {
  return api.initiateAuth({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId,
    AuthParameters: { USERNAME, PASSWORD: password, ...(DEVICE_KEY && { DEVICE_KEY }) },
  });
}

/** Signs in and confirms the device, with the verifier of cognito-srp-helper. */
export async function enrolDevice(
  running: UserPoolApi,
  pool: TestPool,
  { username = 'jane', DeviceName = 'Firefox on Linux' } = {},
): Promise<ClientDevice & { tokens: AuthenticationResultType; confirmationNecessary: boolean | undefined }> {
  const tokens = required((await signIn(running, pool, undefined, username)).AuthenticationResult);
  const DeviceKey = required(tokens.NewDeviceMetadata?.DeviceKey);
  const DeviceGroupKey = required(tokens.NewDeviceMetadata?.DeviceGroupKey);
  const { DeviceSecretVerifierConfig, DeviceRandomPassword } = createDeviceVerifier(
    DeviceKey,
    DeviceGroupKey,
  );
  const { UserConfirmationNecessary } = await running.api.confirmDevice({
    AccessToken: tokens.AccessToken,
    DeviceKey,
    DeviceName,
    DeviceSecretVerifierConfig,
  });
  return {
    DeviceKey,
    DeviceGroupKey,
    devicePassword: DeviceRandomPassword,
    tokens,
    confirmationNecessary: UserConfirmationNecessary,
  };
}

/**
 * USER_SRP_AUTH up to the answer to PASSWORD_VERIFIER, by cognito-srp-helper; the answer can be given again.
 * @param named at the start already
 */
export async function beginSrp(
  { api }: UserPoolApi,
  { UserPoolId, ClientId }: TestPool,
  named: { DEVICE_KEY?: string } = {},
) {
  const session = createSrpSession('jane', password, UserPoolId, false);
  const initiated = await api.initiateAuth(
    wrapInitiateAuth(session, {
      ClientId,
      AuthFlow: 'USER_SRP_AUTH' as const,
      AuthParameters: { CHALLENGE_NAME: 'SRP_A', USERNAME: 'jane', ...named },
    }),
  );
  const challenge = { ...initiated, ChallengeName: required(initiated.ChallengeName) };
  const signed = signSrpSession(session, challenge);
  const answer = (DEVICE_KEY?: string) =>
    api.respondToAuthChallenge(
      wrapAuthChallenge(signed, {
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER' as const,
        ChallengeResponses: { USERNAME: 'jane', ...(DEVICE_KEY && { DEVICE_KEY }) },
        Session: initiated.Session,
      }),
    );
  return { session, signed, answer };
}

/**
 * The device's part of a sign-in, by cognito-srp-helper, beginning with the session of DEVICE_SRP_AUTH.
 * @returns the answer to DEVICE_PASSWORD_VERIFIER, which can be given again
 */
export async function proveDevice(
  { api }: UserPoolApi,
  { UserPoolId, ClientId }: TestPool,
  Session: string | undefined,
  { DeviceKey, DeviceGroupKey, devicePassword }: ClientDevice,
) {
  const session = createSrpSession('jane', password, UserPoolId, false);
  const asked = await api.respondToAuthChallenge({
    ClientId,
    ChallengeName: 'DEVICE_SRP_AUTH',
    ChallengeResponses: { USERNAME: 'jane', DEVICE_KEY: DeviceKey, SRP_A: session.largeA },
    Session,
  });
  const challenge = { ...asked, ChallengeName: required(asked.ChallengeName) };
  const signed = signSrpSessionWithDevice(session, challenge, DeviceGroupKey, devicePassword);
  return () =>
    api.respondToAuthChallenge(
      wrapAuthChallenge(signed, {
        ClientId,
        ChallengeName: 'DEVICE_PASSWORD_VERIFIER' as const,
        ChallengeResponses: { USERNAME: 'jane', DEVICE_KEY: DeviceKey },
        Session: asked.Session,
      }),
    );
}
