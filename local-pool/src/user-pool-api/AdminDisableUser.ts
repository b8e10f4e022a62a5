import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { disableUser } from '../model/enable-user.ts';
import { requireNamedUser } from './authorisation.ts';
import { namedUserMembers } from './shapes.ts';

/** Shuts a user out and ends their sign-ins (Cognito: AdminDisableUser). */
export const operation = signedOperation(z.object(namedUserMembers), (pool, input) => {
  const { userPool, user } = requireNamedUser(pool, input);
  disableUser(pool, userPool, user);
  return {};
});
