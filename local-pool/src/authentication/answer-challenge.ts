import { requireSecretHash } from '../model/secret-hash.ts';
import { normaliseName } from '../model/user-names.ts';
import type { Attempt, ChallengeName, Step } from './attempt.ts';
import { CHALLENGES } from './challenges.ts';
import { type OpenChallenge, resume } from './open-challenge.ts';
import { requireHonestLengths } from './parameter-lengths.ts';
import { invalidParameter, invalidSession, requireParameter } from './refusals.ts';
import { inventSrpIdentity } from './unknown-user-srp.ts';

/**
 * Judges the answer to a challenge (Cognito: RespondToAuthChallenge).
 * @param session absent where a secret block stands for it
 * @throws CognitoError of the challenge, or about the session
 */
export async function answerChallenge(
  attempt: Attempt,
  name: ChallengeName,
  session: string | undefined,
  responses: Record<string, string>,
): Promise<Step> {
  requireHonestLengths(responses);
  const answer = CHALLENGES[name];
  if (!answer) throw invalidParameter(`Challenge ${name} cannot be answered.`);
  const username = requireParameter(responses, 'USERNAME');
  const open = resume(attempt, name, responses.PASSWORD_CLAIM_SECRET_BLOCK ?? session ?? '');
  requireSameUser(attempt, open, username);
  requireSecretHash(attempt.client, [username, ...namesOf(attempt, open)], responses.SECRET_HASH);
  return answer(attempt, open, responses);
}

/** Someone who does not exist has the names that a user would have, lest the refusal of another tell. */
function namesOf({ userPool }: Attempt, { user, progress }: OpenChallenge): string[] {
  const names = user ? [user.username, user.sub] : [inventSrpIdentity(userPool, progress.username).username];
  return [progress.username, ...names];
}

/** A session is good for the person that it was opened for, by any name of theirs that this sign-in has seen. */
function requireSameUser(attempt: Attempt, open: OpenChallenge, username: string): void {
  const { userPool } = attempt;
  const names = namesOf(attempt, open).map((name) => normaliseName(userPool, name));
  if (!names.includes(normaliseName(userPool, username))) throw invalidSession();
}
