import type { CognitoError } from '../errors.ts';
import type { User } from '../model/user.ts';
import {
  createAuthSession,
  findAuthSession,
  markAuthSessionUsed,
  type StoredAuthSession,
  updateAuthSessionState,
} from '../store/auth-sessions.ts';
import { digest } from '../store/digest.ts';
import { findUser } from '../store/users.ts';
import type { Attempt, Challenge, ChallengeName, Progress, Step } from './attempt.ts';
import { incorrectCredentials, invalidSession, notAuthorized } from './refusals.ts';

/** A challenge that waits for its answer. */
export interface OpenChallenge {
  session: string;
  name: ChallengeName;
  /** Undefined for someone who does not exist, and is asked all the same. */
  user: User | undefined;
  progress: Progress;
  /** What the challenge kept for its answer. */
  state: Record<string, unknown>;
}

/**
 * Judges an answer and says what follows. A right answer spends the session; a wrong one leaves it open where Cognito
 * lets people try again.
 */
export type AnswerChallenge = (
  attempt: Attempt,
  open: OpenChallenge,
  responses: Record<string, string>,
) => Promise<Step>;

/**
 * Asks a challenge: opens its session, which lives for the client's AuthSessionValidity.
 * @throws CognitoError NotAuthorizedException for a user whom a trigger has removed meanwhile
 */
export function ask(
  { pool, userPool, client }: Attempt,
  name: ChallengeName,
  {
    user,
    progress,
    state = {},
  }: { user: User | undefined; progress: Progress; state?: Record<string, unknown> },
  parameters: Record<string, string>,
): Challenge & { session: string } {
  if (user && !findUser(pool, userPool.id, user.sub)) throw incorrectCredentials();
  const session = createAuthSession(
    pool,
    {
      userPoolId: userPool.id,
      clientId: client.clientId,
      ...(user && { sub: user.sub }),
      challenge: name,
      state: { progress, state },
    },
    client.authSessionValidity,
  );
  return { kind: 'challenge', name, session, parameters };
}

/**
 * The challenge that a session stands for, if it is this client's, of this name, in time and unanswered. Whether the
 * user may sign in at all is judged with the answer, not before it; a password that was proven must still be theirs.
 * @throws CognitoError NotAuthorizedException
 */
export function resume(attempt: Attempt, name: ChallengeName, session: string): OpenChallenge {
  const { pool, userPool } = attempt;
  const found = requireSession(attempt, name, session);
  const { progress, state } = found.state as { progress: Progress; state: Record<string, unknown> };
  const user = found.sub === undefined ? undefined : findUser(pool, userPool.id, found.sub);
  const { provenPassword } = progress;
  if (user && provenPassword !== undefined && provenPassword !== passwordMark(user)) throw invalidSession();
  return { session, name, user, progress, state };
}

/** By what a sign-in recognises whether the user's password is still the one that was proven. */
export function passwordMark({ srpVerifier = '' }: Pick<User, 'srpVerifier'>): string {
  return digest(srpVerifier);
}

/**
 * What is kept of a session, if it is this client's, opened for this, in time and unspent.
 * @throws CognitoError NotAuthorizedException (Cognito: RespondToAuthChallenge)
 */
export function requireSession(
  { pool, client }: Pick<Attempt, 'pool' | 'client'>,
  opened: string,
  session: string,
): StoredAuthSession {
  const found = findAuthSession(pool, session);
  if (!found || found.clientId !== client.clientId || found.challenge !== opened) throw invalidSession();
  if (found.used) throw usedSession();
  if (found.expiresAt <= pool.clock.now())
    throw notAuthorized('Invalid session for the user, session is expired.');
  return found;
}

/**
 * Spends a session with its right answer: of several that arrive at once, one goes on.
 * @throws CognitoError NotAuthorizedException
 */
export function spend({ pool }: Pick<Attempt, 'pool'>, { session }: Pick<OpenChallenge, 'session'>): void {
  if (!markAuthSessionUsed(pool, session)) throw usedSession();
}

const MOST_WRONG_ANSWERS = 5;

/** Counts a wrong answer; after five the sign-in must begin again (Cognito: MFA). */
export function countWrongAnswer(attempt: Attempt, open: OpenChallenge): void {
  attempt.pool.store.transaction(() => {
    noteWrongAnswer(attempt, open);
    if (isWornOut(open)) markAuthSessionUsed(attempt.pool, open.session);
  });
}

/** Counts a wrong answer and leaves the session open. */
export function noteWrongAnswer({ pool }: Attempt, open: OpenChallenge): void {
  open.state = { ...open.state, wrongAnswers: wrongAnswersOf(open) + 1 };
  updateAuthSessionState(pool, open.session, { progress: open.progress, state: open.state });
}

/** Whether a challenge has had as many wrong answers as it may. */
export function isWornOut(open: OpenChallenge): boolean {
  return wrongAnswersOf(open) >= MOST_WRONG_ANSWERS;
}

function wrongAnswersOf({ state }: OpenChallenge): number {
  return Number(state.wrongAnswers ?? 0);
}

function usedSession(): CognitoError {
  return notAuthorized('Invalid session for the user, session can only be used once.');
}
