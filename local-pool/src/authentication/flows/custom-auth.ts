import { findUserByTypedName } from '../../model/user-names.ts';
import { isPublicKey } from '../../srp/exchange.ts';
import { defineNextChallenge, withResult } from '../define-challenge.ts';
import { runBeforeSignIn, userDoesNotExist } from '../password.ts';
import { invalidParameter, requireParameter } from '../refusals.ts';
import type { Flow } from './flow.ts';

/** CUSTOM_AUTH: the pool's triggers decide what is asked, after a password by SRP where it is begun so (Cognito: InitiateAuth). */
export const customAuth: Flow = async (attempt, parameters, progress) => {
  const { pool, userPool, client } = attempt;
  const srpA = parameters.CHALLENGE_NAME === 'SRP_A' ? requireParameter(parameters, 'SRP_A') : undefined;
  if (srpA !== undefined && !isPublicKey(srpA)) throw invalidParameter('Invalid SRP_A value.');
  const user = findUserByTypedName(pool, userPool, progress.username);
  if (!user && !client.preventUserExistenceErrors) throw userDoesNotExist();
  await runBeforeSignIn(attempt, user, progress.username);
  const begun =
    srpA === undefined
      ? { ...progress, customResults: [] }
      : withResult({ ...progress, srpA }, 'SRP_A', true);
  return defineNextChallenge(attempt, user, begun);
};
