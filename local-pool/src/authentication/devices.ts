import { deviceDoesNotExist, type NewDevice, newDevice } from '../model/device.ts';
import type { User } from '../model/user.ts';
import { type Device, findDevice, touchDevice } from '../store/devices.ts';
import type { Attempt, Challenge, Progress } from './attempt.ts';
import { ask } from './open-challenge.ts';

/** The device that a sign-in says it comes from, if its user has confirmed it and the pool tracks devices. */
export function knownDevice({ pool, userPool }: Attempt, user: User, progress: Progress): Device | undefined {
  if (!userPool.deviceConfiguration || progress.deviceKey === undefined) return undefined;
  return findDevice(pool, userPool.id, user.sub, progress.deviceKey);
}

/**
 * Clients drop a key that is refused in these words and try again without it.
 * @throws CognitoError ResourceNotFoundException for a device that the user has not confirmed, or has forgotten
 */
export function requireKnownDevice(attempt: Attempt, user: User, progress: Progress): void {
  const { deviceConfiguration } = attempt.userPool;
  if (deviceConfiguration && progress.deviceKey !== undefined && !knownDevice(attempt, user, progress))
    throw deviceDoesNotExist();
}

/** Asks a remembered device to prove itself; undefined for any other (Cognito: DEVICE_SRP_AUTH). */
export function askDevice(attempt: Attempt, user: User, progress: Progress): Challenge | undefined {
  if (!knownDevice(attempt, user, progress)?.remembered) return undefined;
  return ask(attempt, 'DEVICE_SRP_AUTH', { user, progress }, { USERNAME: user.username });
}

/** What the tokens of a sign-in say about its device; all absent where devices are not tracked. */
export interface SignInDevice {
  deviceKey?: string;
  /** What a client may confirm, where the device was not known. */
  newDevice?: NewDevice;
}

/** The device that a finished sign-in belongs to, or the keys of a new one (Cognito: NewDeviceMetadataType). */
export function deviceOfSignIn(attempt: Attempt, user: User, progress: Progress): SignInDevice {
  const { pool, userPool, ip } = attempt;
  if (!userPool.deviceConfiguration) return {};
  const known = knownDevice(attempt, user, progress);
  if (!known) {
    const created = newDevice(userPool, user);
    return { deviceKey: created.deviceKey, newDevice: created };
  }
  touchDevice(pool, known, ip);
  return { deviceKey: known.deviceKey };
}
