import type { User } from '../model/user.ts';
import type { Attempt, Progress, Step } from './attempt.ts';
import { askNewPassword } from './challenges/new-password-required.ts';
import { askDevice, requireKnownDevice } from './devices.ts';
import { requireSignInStatus } from './user-status.ts';

/**
 * What follows a proven password: a new one where it was temporary, then device and second factor, then tokens
 * (Cognito: Authentication; section 3.9 of the behaviour notes, order).
 * @throws CognitoError of a user who may not sign in
 */
export async function afterPassword(attempt: Attempt, user: User, progress: Progress): Promise<Step> {
  requireSignInStatus(attempt, user);
  requireKnownDevice(attempt, user, progress);
  if (user.status === 'FORCE_CHANGE_PASSWORD') return askNewPassword(attempt, user, progress);
  return afterFirstFactor(attempt, user, progress);
}

/** What follows when the first factor is done with: device, second factor, or the end. */
export async function afterFirstFactor(attempt: Attempt, user: User, progress: Progress): Promise<Step> {
  return askDevice(attempt, user, progress) ?? afterDevice(attempt, user, progress);
}

/** What follows when the device is done with: a second factor unless nothing asks for one, or the end. */
export async function afterDevice(_attempt: Attempt, user: User, progress: Progress): Promise<Step> {
  return { kind: 'signed-in', user, progress };
}
