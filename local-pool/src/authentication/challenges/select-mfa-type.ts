import type { ChallengedFactor } from '../../model/mfa-decision.ts';
import type { User } from '../../model/user.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { type AnswerChallenge, ask, spend } from '../open-challenge.ts';
import { incorrectCredentials, invalidParameter, requireParameter } from '../refusals.ts';
import { askFactor } from '../second-factor.ts';

/** Lets the user choose among second factors (Cognito: SELECT_MFA_TYPE). */
export function askMfaType(
  attempt: Attempt,
  user: User,
  progress: Progress,
  factors: ChallengedFactor[],
): Challenge {
  return ask(
    attempt,
    'SELECT_MFA_TYPE',
    { user, progress, state: { factors } },
    { MFAS_CAN_CHOOSE: JSON.stringify(factors), USER_ID_FOR_SRP: user.username },
  );
}

/** Goes on to the factor that `ANSWER` names. */
export const answerMfaType: AnswerChallenge = async (attempt, open, responses) => {
  const answer = requireParameter(responses, 'ANSWER');
  const factor = (open.state.factors as ChallengedFactor[]).find((offered) => offered === answer);
  if (!factor) throw invalidParameter(`ANSWER must be one of ${String(open.state.factors)}.`);
  if (!open.user) throw incorrectCredentials();
  spend(attempt, open);
  return askFactor(attempt, open.user, open.progress, factor);
};
