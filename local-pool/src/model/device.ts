import { createHash, randomUUID } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import { SRP_PRIME } from '../srp/group.ts';
import type { StoreContext } from '../store/database.ts';
import { type Device, findDevice, insertDevice } from '../store/devices.ts';
import type { TokenFamily } from '../store/token-families.ts';
import type { User } from './user.ts';
import type { DeviceConfiguration, UserPool } from './user-pool.ts';

/** What a client needs to enrol a device that the pool does not know yet (API reference: NewDeviceMetadataType). */
export interface NewDevice {
  deviceKey: string;
  deviceGroupKey: string;
}

/** The keys under which a user may confirm the device that they sign in on: nothing is stored until they do. */
export function newDevice({ region }: UserPool, user: User): NewDevice {
  return { deviceKey: `${region}_${randomUUID()}`, deviceGroupKey: deviceGroupKeyOf(user) };
}

/** All devices of a user are in one group. */
function deviceGroupKeyOf({ userPoolId, sub }: User): string {
  return `-${createHash('sha256').update(`${userPoolId}\0${sub}`).digest('base64url').slice(0, 8)}`;
}

/** @throws CognitoError InvalidUserPoolConfigurationException when the pool does not track devices */
export function requireDeviceTracking({ deviceConfiguration }: UserPool): DeviceConfiguration {
  if (deviceConfiguration) return deviceConfiguration;
  throw new CognitoError(
    'InvalidUserPoolConfigurationException',
    'The user pool is not configured to remember devices.',
  );
}

export const deviceDoesNotExist = (): CognitoError =>
  new CognitoError('ResourceNotFoundException', 'Device does not exist.');

/**
 * A confirmed device of a user.
 * @throws CognitoError InvalidUserPoolConfigurationException, ResourceNotFoundException (Cognito: GetDevice)
 */
export function requireDevice(
  context: StoreContext,
  userPool: UserPool,
  user: User,
  deviceKey: string,
): Device {
  requireDeviceTracking(userPool);
  const device = findDevice(context, userPool.id, user.sub, deviceKey);
  if (!device) throw deviceDoesNotExist();
  return device;
}

/** Whether a refresh names the device that its sign-in began on (Cognito: refresh tokens and devices). */
export function isDeviceOf(
  { deviceConfiguration }: UserPool,
  family: TokenFamily,
  deviceKey: string | undefined,
): boolean {
  return !deviceConfiguration || family.deviceKey === undefined || family.deviceKey === deviceKey;
}

export interface DeviceConfirmation {
  deviceKey: string;
  name: string | undefined;
  /** Base64 of a big-endian number. */
  salt: string;
  passwordVerifier: string;
  ip: string;
}

/**
 * Enrols the device of a sign-in (Cognito: ConfirmDevice).
 * @param family the sign-in, which gave the device its key
 * @returns whether the user must be asked before the device is remembered
 * @throws CognitoError InvalidUserPoolConfigurationException, InvalidParameterException, DeviceKeyExistsException
 */
export function confirmDevice(
  context: StoreContext,
  userPool: UserPool,
  user: User,
  family: TokenFamily,
  confirmation: DeviceConfirmation,
): boolean {
  const { deviceOnlyRememberedOnUserPrompt } = requireDeviceTracking(userPool);
  const { deviceKey, name, salt, passwordVerifier, ip } = confirmation;
  if (family.deviceKey !== deviceKey) throw invalidParameter('Invalid device key given.');
  const now = context.clock.now();
  const added = insertDevice(context, {
    userPoolId: userPool.id,
    sub: user.sub,
    deviceKey,
    deviceGroupKey: deviceGroupKeyOf(user),
    ...(name !== undefined && { name }),
    srpSalt: requireNumber(salt),
    srpVerifier: requireNumber(passwordVerifier),
    remembered: !deviceOnlyRememberedOnUserPrompt,
    lastIp: ip,
    createdAt: now,
    modifiedAt: now,
    authenticatedAt: now,
  });
  if (!added)
    throw new CognitoError('DeviceKeyExistsException', 'A device with the given device key already exists.');
  return deviceOnlyRememberedOnUserPrompt;
}

/** A number between 0 and the SRP group's prime, in hexadecimal. */
function requireNumber(base64: string): string {
  const hex = Buffer.from(base64, 'base64').toString('hex').replace(/^0+/, '');
  if (hex === '' || hex.length > SRP_PRIME.length || BigInt(`0x${hex}`) >= BigInt(`0x${SRP_PRIME}`))
    throw invalidParameter('Invalid device secret verifier config.');
  return hex;
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
