import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { deleteSoftwareToken } from '../model/mfa-preference.ts';
import { requireNamedUser } from './authorisation.ts';
import { namedUserMembers } from './shapes.ts';

/** Takes away a user's authenticator app (Cognito: AdminDeleteSoftwareToken). */
export const operation = signedOperation(z.object(namedUserMembers), (pool, input) => {
  const { userPool, user } = requireNamedUser(pool, input);
  deleteSoftwareToken(pool, userPool, user);
  return {};
});
