import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireUserPoolDocument } from '../configuration/find-document.ts';
import { UserPoolIdType } from './shapes.ts';
import { userPoolType } from './user-pool-type.ts';

/** Cognito: DescribeUserPool. */
export const operation = signedOperation(z.object({ UserPoolId: UserPoolIdType }), (pool, input) => ({
  UserPool: userPoolType(pool, requireUserPoolDocument(pool, input.UserPoolId)),
}));
