import type { User } from '../model/user.ts';
import type { Attempt, Progress, Step } from './attempt.ts';
import { askNewPassword } from './challenges/new-password-required.ts';
import { defineNextChallenge, withResult } from './define-challenge.ts';
import { askDevice, requireKnownDevice } from './devices.ts';
import { passwordMark } from './open-challenge.ts';
import { askSecondFactor } from './second-factor.ts';
import { requireEnabled, requireSignInStatus } from './user-status.ts';

/**
 * What follows a proven password: a new one where it was temporary, then device and second factor, then tokens
 * (Cognito: Authentication; section 3.9 of the behaviour notes, order). In a custom authentication its triggers say.
 * @throws CognitoError of a user who may not sign in
 */
export async function afterPassword(attempt: Attempt, user: User, begun: Progress): Promise<Step> {
  const progress = { ...begun, provenPassword: passwordMark(user) };
  requireSignInStatus(attempt, user);
  requireKnownDevice(attempt, user, progress);
  if (progress.customResults)
    return defineNextChallenge(attempt, user, withResult(progress, 'PASSWORD_VERIFIER', true));
  if (user.status === 'FORCE_CHANGE_PASSWORD') return askNewPassword(attempt, user, progress);
  return afterFirstFactor(attempt, user, progress);
}

/**
 * What follows when the first factor is done with: device, second factor, or the end.
 * @throws CognitoError ResourceNotFoundException for a device that the user does not have
 */
export async function afterFirstFactor(attempt: Attempt, user: User, progress: Progress): Promise<Step> {
  requireKnownDevice(attempt, user, progress);
  return askDevice(attempt, user, progress) ?? askSecondFactor(attempt, user, progress);
}

/**
 * What follows a second factor: the end, or what the triggers of a custom authentication say.
 * @param proven the challenge that was answered rightly
 */
export async function afterSecondFactor(
  attempt: Attempt,
  user: User,
  progress: Progress,
  proven: string,
): Promise<Step> {
  requireEnabled(user);
  if (progress.customResults) return defineNextChallenge(attempt, user, withResult(progress, proven, true));
  requireSignInStatus(attempt, user);
  return { kind: 'signed-in', user, progress };
}
