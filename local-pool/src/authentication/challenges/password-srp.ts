import type { User } from '../../model/user.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { type AnswerChallenge, ask, spend } from '../open-challenge.ts';
import { requireUnlocked } from '../password.ts';
import { requireParameter } from '../refusals.ts';
import { askPasswordVerifier } from './password-verifier.ts';

/** Asks someone who chose SRP to begin it (Cognito: PASSWORD_SRP in choice-based sign-in). */
export function askPasswordSrp(attempt: Attempt, user: User | undefined, progress: Progress): Challenge {
  return ask(attempt, 'PASSWORD_SRP', { user, progress }, {});
}

/** Goes on with `SRP_A`. */
export const answerPasswordSrp: AnswerChallenge = async (attempt, open, responses) => {
  const srpA = requireParameter(responses, 'SRP_A');
  requireUnlocked(attempt, open.user, open.progress.username);
  const challenge = askPasswordVerifier(attempt, open.user, open.progress, srpA);
  spend(attempt, open);
  return challenge;
};
