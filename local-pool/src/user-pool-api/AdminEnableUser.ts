import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { enableUser } from '../model/enable-user.ts';
import { requireNamedUser } from './authorisation.ts';
import { namedUserMembers } from './shapes.ts';

/** Lets a user in again; earlier tokens stay ended (Cognito: AdminEnableUser). */
export const operation = signedOperation(z.object(namedUserMembers), (pool, input) => {
  const { userPool, user } = requireNamedUser(pool, input);
  enableUser(pool, userPool, user);
  return {};
});
