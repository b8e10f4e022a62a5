import { findUserByTypedName } from '../../model/user-names.ts';
import { signInAfterSignUp } from '../automatic-sign-in.ts';
import { askFirstFactor, askForFirstFactor, availableFirstFactors } from '../first-factor.ts';
import { afterPassword } from '../next-step.ts';
import { checkPassword, runBeforeSignIn, userDoesNotExist } from '../password.ts';
import type { Flow } from './flow.ts';

/**
 * USER_AUTH: the user chooses among the first factors that the pool allows and they have (Cognito: choice-based sign-in).
 * Unknown users are offered what the pool allows.
 */
export const userAuth: Flow = async (attempt, parameters, progress, session) => {
  const { pool, userPool, client } = attempt;
  if (session !== undefined) return signInAfterSignUp(attempt, progress, session);
  const chosen = parameters.PREFERRED_CHALLENGE;
  const user = findUserByTypedName(pool, userPool, progress.username);
  if (!user && chosen === 'PASSWORD' && parameters.PASSWORD) {
    // They may be migrated, even where the client is told who is unknown.
    const migrated = await checkPassword(attempt, progress.username, parameters.PASSWORD);
    return afterPassword(attempt, migrated, progress);
  }
  if (!user && !client.preventUserExistenceErrors) throw userDoesNotExist();
  await runBeforeSignIn(attempt, user, progress.username);
  const offered = availableFirstFactors(attempt, user);
  const factor = offered.find((name) => name === chosen);
  return factor
    ? askFirstFactor(attempt, user, progress, factor, parameters)
    : askForFirstFactor(attempt, user, progress);
};
