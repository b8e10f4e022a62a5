import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireAppClientDocument } from '../configuration/find-document.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';
import { userPoolClientType } from './user-pool-client-type.ts';

/** Cognito: DescribeUserPoolClient. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ClientId: ClientIdType }),
  (pool, { UserPoolId, ClientId }) => ({
    UserPoolClient: userPoolClientType(requireAppClientDocument(pool, UserPoolId, ClientId)),
  }),
);
