import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { signOutEverywhere } from '../model/end-sign-ins.ts';
import { requireNamedUser } from './authorisation.ts';
import { namedUserMembers } from './shapes.ts';

/** Ends every sign-in of a user (Cognito: AdminUserGlobalSignOut). */
export const operation = signedOperation(z.object(namedUserMembers), (pool, input) => {
  const { user } = requireNamedUser(pool, input);
  signOutEverywhere(pool, user);
  return {};
});
