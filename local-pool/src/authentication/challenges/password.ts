import type { User } from '../../model/user.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { afterPassword } from '../next-step.ts';
import { type AnswerChallenge, ask, spend } from '../open-challenge.ts';
import { judgeChosenPassword } from '../password.ts';
import { requireParameter } from '../refusals.ts';

/** Asks for the password of someone who chose it (Cognito: PASSWORD in choice-based sign-in). */
export function askPassword(attempt: Attempt, user: User | undefined, progress: Progress): Challenge {
  return ask(attempt, 'PASSWORD', { user, progress }, {});
}

/** Judges `PASSWORD`. A wrong one leaves the challenge open; the lock counts the tries. */
export const answerPassword: AnswerChallenge = async (attempt, open, responses) => {
  const password = requireParameter(responses, 'PASSWORD');
  const user = await judgeChosenPassword(attempt, open.user, open.progress.username, password);
  spend(attempt, open);
  return afterPassword(attempt, user, open.progress);
};
