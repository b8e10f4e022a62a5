import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { deleteUserPool } from '../configuration/configure-user-pool.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: DeleteUserPool. */
export const operation = signedOperation(z.object({ UserPoolId: UserPoolIdType }), (pool, input) => {
  deleteUserPool(pool, input.UserPoolId);
  return {};
});
