import { askFirstFactor, availableFirstFactors } from '../first-factor.ts';
import { afterPassword } from '../next-step.ts';
import { type AnswerChallenge, spend } from '../open-challenge.ts';
import { judgeChosenPassword } from '../password.ts';
import { invalidParameter, requireParameter } from '../refusals.ts';

/** Begins with the first factor that `ANSWER` names, among those that are available now. */
export const answerSelectChallenge: AnswerChallenge = async (attempt, open, responses) => {
  const { user, progress } = open;
  const answer = requireParameter(responses, 'ANSWER');
  const factor = availableFirstFactors(attempt, user).find((name) => name === answer);
  if (!factor) throw invalidParameter(`Challenge ${answer} is not available for the user.`);
  if (factor === 'PASSWORD' && responses.PASSWORD) {
    // A wrong password leaves the choice open.
    const proven = await judgeChosenPassword(attempt, user, progress.username, responses.PASSWORD);
    spend(attempt, open);
    return afterPassword(attempt, proven, progress);
  }
  spend(attempt, open);
  return askFirstFactor(attempt, user, progress, factor, responses);
};
