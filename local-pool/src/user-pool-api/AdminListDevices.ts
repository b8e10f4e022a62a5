import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireUser, requireUserPool } from './authorisation.ts';
import { devicePage } from './list-devices.ts';
import { QueryLimitType, SearchPaginationTokenType, UsernameType, UserPoolIdType } from './shapes.ts';

/** A user's devices (Cognito: AdminListDevices). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    Username: UsernameType,
    Limit: QueryLimitType.optional(),
    PaginationToken: SearchPaginationTokenType.optional(),
  }),
  (pool, input) => {
    const userPool = requireUserPool(pool, input.UserPoolId);
    return devicePage(pool, userPool, requireUser(pool, userPool, input.Username), input);
  },
);
