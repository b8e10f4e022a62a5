import { findUserByTypedName } from '../model/user-names.ts';
import type { Attempt, Progress, Step } from './attempt.ts';
import { afterFirstFactor } from './next-step.ts';
import { requireSession, spend } from './open-challenge.ts';
import { runBeforeSignIn } from './password.ts';
import { invalidSession } from './refusals.ts';
import { requireSignInStatus } from './user-status.ts';

/**
 * Signs somebody in who has just confirmed their registration, with the `Session` of ConfirmSignUp in the place of a
 * first factor (Cognito: InitiateAuth, Session).
 * @throws CognitoError NotAuthorizedException, or of the pre authentication trigger
 */
export async function signInAfterSignUp(
  attempt: Attempt,
  progress: Progress,
  session: string,
): Promise<Step> {
  const { pool, userPool } = attempt;
  const { sub } = requireSession(attempt, 'CONFIRMED_SIGN_UP', session);
  const user = findUserByTypedName(pool, userPool, progress.username);
  if (!user || user.sub !== sub) throw invalidSession();
  await runBeforeSignIn(attempt, user, progress.username);
  spend(attempt, { session });
  requireSignInStatus(attempt, user);
  return afterFirstFactor(attempt, user, progress);
}
