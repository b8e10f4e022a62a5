import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { deleteUser } from '../store/users.ts';
import { requireNamedUser } from './authorisation.ts';
import { namedUserMembers } from './shapes.ts';

/** Removes a user and all that is theirs; the name is free again (Cognito: AdminDeleteUser). */
export const operation = signedOperation(z.object(namedUserMembers), (pool, input) => {
  const { user } = requireNamedUser(pool, input);
  deleteUser(pool, user.userPoolId, user.sub);
  return {};
});
