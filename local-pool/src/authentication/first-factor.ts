import { withMethod } from '../model/authentication-methods.ts';
import { type FirstChallenge, offeredFirstFactors } from '../model/first-factors.ts';
import type { User } from '../model/user.ts';
import type { Attempt, Challenge, Progress, Step } from './attempt.ts';
import { askEmailOtp } from './challenges/email-otp.ts';
import { askPassword } from './challenges/password.ts';
import { askPasswordSrp } from './challenges/password-srp.ts';
import { askPasswordVerifier } from './challenges/password-verifier.ts';
import { askSmsOtp } from './challenges/sms-otp.ts';
import { afterFirstFactor, afterPassword } from './next-step.ts';
import { ask } from './open-challenge.ts';
import { judgeChosenPassword, requireUnlocked } from './password.ts';
import { incorrectCredentials } from './refusals.ts';
import { requireSignInStatus } from './user-status.ts';
import { askWebAuthn, hasPasskey } from './web-authn.ts';

export type { FirstChallenge } from '../model/first-factors.ts';

/** What somebody may choose among now. @param user undefined for someone who does not exist */
export function availableFirstFactors({ pool, userPool }: Attempt, user: User | undefined): FirstChallenge[] {
  return offeredFirstFactors(userPool, user, user !== undefined && hasPasskey(pool, user));
}

/** Lets the user choose (Cognito: SELECT_CHALLENGE). */
export function askForFirstFactor(attempt: Attempt, user: User | undefined, progress: Progress): Challenge {
  const available = availableFirstFactors(attempt, user);
  return { ...ask(attempt, 'SELECT_CHALLENGE', { user, progress }, {}), available };
}

/**
 * Begins with a first factor, and is through with it at once where the parameters hold what it takes.
 * @param parameters PASSWORD, SRP_A
 * @throws CognitoError of the factor
 */
export async function askFirstFactor(
  attempt: Attempt,
  user: User | undefined,
  progress: Progress,
  factor: FirstChallenge,
  parameters: Record<string, string>,
): Promise<Step> {
  const available = availableFirstFactors(attempt, user);
  switch (factor) {
    case 'PASSWORD': {
      if (!parameters.PASSWORD) return { ...askPassword(attempt, user, progress), available };
      const proven = await judgeChosenPassword(attempt, user, progress.username, parameters.PASSWORD);
      return afterPassword(attempt, proven, progress);
    }
    case 'PASSWORD_SRP':
      if (!parameters.SRP_A) return { ...askPasswordSrp(attempt, user, progress), available };
      requireUnlocked(attempt, user, progress.username);
      return { ...askPasswordVerifier(attempt, user, progress, parameters.SRP_A), available };
    case 'EMAIL_OTP':
      return { ...(await askEmailOtp(attempt, user, progress)), available };
    case 'SMS_OTP':
      return { ...(await askSmsOtp(attempt, user, progress)), available };
    case 'WEB_AUTHN':
      if (!user) throw incorrectCredentials();
      return { ...(await askWebAuthn(attempt, user, progress)), available };
  }
}

/** What follows a one-time code as first factor. @throws CognitoError of a user who may not sign in */
export function afterOneTimeCode(
  attempt: Attempt,
  user: User,
  progress: Progress,
  method: 'sms' | 'email_otp',
): Promise<Step> {
  requireSignInStatus(attempt, user);
  return afterFirstFactor(attempt, user, { ...progress, methods: withMethod(progress.methods, method) });
}
