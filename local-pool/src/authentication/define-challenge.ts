import { type ChallengeResult, runDefineAuthChallenge } from '../lambda/custom-auth.ts';
import { unrecognizableOutput } from '../lambda/unrecognizable-output.ts';
import type { User } from '../model/user.ts';
import { findUser } from '../store/users.ts';
import type { Attempt, Progress, Step } from './attempt.ts';
import { askCustomChallenge } from './challenges/custom-challenge.ts';
import { askNewPassword } from './challenges/new-password-required.ts';
import { askPasswordVerifier } from './challenges/password-verifier.ts';
import { askDevice } from './devices.ts';
import { afterFirstFactor } from './next-step.ts';
import { incorrectCredentials } from './refusals.ts';
import { askFactor } from './second-factor.ts';
import { requireSignInStatus } from './user-status.ts';

type CustomProgress = Progress & { customResults: ChallengeResult[] };

/** The progress of a custom authentication with one more challenge done. */
export function withResult(
  progress: Progress,
  challengeName: string,
  challengeResult: boolean,
  challengeMetadata: string | null = null,
): CustomProgress {
  const { customResults = [] } = progress;
  return {
    ...progress,
    customResults: [...customResults, { challengeName, challengeResult, challengeMetadata }],
  };
}

/**
 * Asks the define trigger what follows in a custom authentication, and does it (Cognito: Define Auth challenge Lambda
 * trigger).
 * @param user undefined for someone who does not exist: the triggers run all the same, and no tokens follow
 * @throws CognitoError NotAuthorizedException when it fails, InvalidLambdaResponseException for a challenge that cannot
 *   be asked now, or of the triggers
 */
export async function defineNextChallenge(
  attempt: Attempt,
  user: User | undefined,
  progress: CustomProgress,
): Promise<Step> {
  const { pool, userPool, client, clientMetadata } = attempt;
  const decision = await runDefineAuthChallenge(pool, userPool, client, {
    user,
    username: progress.username,
    session: progress.customResults,
    clientMetadata,
  });
  if (decision.failAuthentication) throw incorrectCredentials();
  // The triggers may have changed the user, or removed them.
  const present = user && findUser(pool, userPool.id, user.sub);
  if (user && !present) throw incorrectCredentials();
  if (decision.issueTokens) return passCustomAuthentication(attempt, present, progress);
  return askDefined(attempt, present, progress, decision.challengeName ?? '');
}

/** Ends a custom authentication: the device follows, but no second factor that the trigger did not ask for. */
async function passCustomAuthentication(
  attempt: Attempt,
  user: User | undefined,
  progress: CustomProgress,
): Promise<Step> {
  if (!user) throw incorrectCredentials();
  requireSignInStatus(attempt, user);
  const { customResults: _results, srpA: _srpA, ...rest } = progress;
  const passed: Progress = { ...rest, needsNoMfa: true };
  // A temporary password that was part of the proof must be changed, as in any other flow.
  if (user.status === 'FORCE_CHANGE_PASSWORD' && hasProvenPassword(progress))
    return askNewPassword(attempt, user, passed);
  return afterFirstFactor(attempt, user, passed);
}

async function askDefined(
  attempt: Attempt,
  user: User | undefined,
  progress: CustomProgress,
  name: string,
): Promise<Step> {
  switch (name) {
    case 'CUSTOM_CHALLENGE':
      return askCustomChallenge(attempt, user, progress);
    case 'PASSWORD_VERIFIER':
      if (progress.customResults.at(-1)?.challengeName !== 'SRP_A' || !progress.srpA) break;
      return askPasswordVerifier(attempt, user, progress, progress.srpA);
    case 'SMS_MFA':
      if (user && !user.attributes.phone_number) break;
      return askFactor(attempt, user, progress, name);
    case 'EMAIL_OTP':
      if (user && !user.attributes.email) break;
      return askFactor(attempt, user, progress, name);
    case 'SOFTWARE_TOKEN_MFA':
      if (user && !user.details.softwareToken) break;
      return askFactor(attempt, user, progress, name);
    case 'DEVICE_SRP_AUTH': {
      const challenge = user && askDevice(attempt, user, progress);
      if (!challenge) break;
      return challenge;
    }
    case 'NEW_PASSWORD_REQUIRED':
      if (user?.status !== 'FORCE_CHANGE_PASSWORD' || !hasProvenPassword(progress)) break;
      return askNewPassword(attempt, user, progress);
  }
  throw unrecognizableOutput();
}

function hasProvenPassword({ customResults }: CustomProgress): boolean {
  return customResults.some(
    ({ challengeName, challengeResult }) => challengeName === 'PASSWORD_VERIFIER' && challengeResult,
  );
}
