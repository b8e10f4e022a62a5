import { type AuthenticationMethod, withMethod } from '../model/authentication-methods.ts';
import type { User } from '../model/user.ts';
import type { Attempt, ChallengeName, Progress, Step } from './attempt.ts';
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
  const progress = {
    ...begun,
    provenPassword: passwordMark(user),
    methods: withMethod(begun.methods, 'pwd'),
  };
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

/** The second factors that an answer proves; setting an app up takes a code that it shows. */
const METHOD_OF = {
  SMS_MFA: 'sms',
  EMAIL_OTP: 'email_otp',
  SOFTWARE_TOKEN_MFA: 'otp',
  MFA_SETUP: 'otp',
} as const satisfies Partial<Record<ChallengeName, AuthenticationMethod>>;

/**
 * What follows a second factor: the end, or what the triggers of a custom authentication say.
 * @param answered the challenge that was answered rightly
 */
export async function afterSecondFactor(
  attempt: Attempt,
  user: User,
  begun: Progress,
  answered: keyof typeof METHOD_OF,
): Promise<Step> {
  requireEnabled(user);
  const progress = { ...begun, methods: withMethod(begun.methods, METHOD_OF[answered]) };
  if (progress.customResults) return defineNextChallenge(attempt, user, withResult(progress, answered, true));
  requireSignInStatus(attempt, user);
  return { kind: 'signed-in', user, progress };
}
