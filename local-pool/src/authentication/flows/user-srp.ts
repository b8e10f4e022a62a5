import { findUserByTypedName } from '../../model/user-names.ts';
import { askPasswordVerifier } from '../challenges/password-verifier.ts';
import { beforePassword, userDoesNotExist } from '../password.ts';
import { requireParameter } from '../refusals.ts';
import type { Flow } from './flow.ts';

/** USER_SRP_AUTH: a proof of the password, which never leaves the client (Cognito: InitiateAuth). */
export const userSrpAuth: Flow = async (attempt, parameters, progress) => {
  const { pool, userPool, client } = attempt;
  const srpA = requireParameter(parameters, 'SRP_A');
  const user = findUserByTypedName(pool, userPool, progress.username);
  if (!user && !client.preventUserExistenceErrors) throw userDoesNotExist();
  await beforePassword(attempt, user, progress.username);
  return askPasswordVerifier(attempt, user, progress, srpA);
};
