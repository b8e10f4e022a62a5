import type { ChallengedFactor } from '../model/mfa-decision.ts';
import { decideMfa } from '../model/mfa-decision.ts';
import type { User } from '../model/user.ts';
import type { Attempt, Challenge, Progress, Step } from './attempt.ts';
import { askEmailMfa } from './challenges/email-otp.ts';
import { askMfaSetup } from './challenges/mfa-setup.ts';
import { askMfaType } from './challenges/select-mfa-type.ts';
import { askSmsMfa } from './challenges/sms-mfa.ts';
import { askSoftwareToken } from './challenges/software-token-mfa.ts';
import { defineNextChallenge, withResult } from './define-challenge.ts';
import { invalidParameter } from './refusals.ts';
import { requireEnabled } from './user-status.ts';

/**
 * Asks for the second factor where the pool or the user wants one, and is done otherwise (Cognito: Adding MFA).
 * @throws CognitoError InvalidParameterException for someone who has none in a pool that wants one
 */
export async function askSecondFactor(attempt: Attempt, user: User, progress: Progress): Promise<Step> {
  requireEnabled(user);
  if (progress.customResults) {
    // Only a device that the define trigger asked for comes here in a custom authentication.
    const proven = withResult(
      withResult(progress, 'DEVICE_SRP_AUTH', true),
      'DEVICE_PASSWORD_VERIFIER',
      true,
    );
    return defineNextChallenge(attempt, user, proven);
  }
  const decision = progress.needsNoMfa ? { kind: 'none' as const } : decideMfa(attempt.userPool, user);
  switch (decision.kind) {
    case 'none':
      return { kind: 'signed-in', user, progress };
    case 'challenge':
      return askFactor(attempt, user, progress, decision.factor);
    case 'select':
      return askMfaType(attempt, user, progress, decision.factors);
    case 'setUp':
      return askMfaSetup(attempt, user, progress, { factors: decision.factors });
    case 'impossible':
      throw invalidParameter('User does not have any MFA method available.');
  }
}

/** Asks for one second factor. @param user undefined for someone who does not exist, and is asked all the same */
export function askFactor(
  attempt: Attempt,
  user: User | undefined,
  progress: Progress,
  factor: ChallengedFactor,
): Promise<Challenge> {
  switch (factor) {
    case 'SMS_MFA':
      return askSmsMfa(attempt, user, progress);
    case 'EMAIL_OTP':
      return askEmailMfa(attempt, user, progress);
    case 'SOFTWARE_TOKEN_MFA':
      return askSoftwareToken(attempt, user, progress);
  }
}
