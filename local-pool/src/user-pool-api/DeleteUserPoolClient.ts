import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireAppClientDocument } from '../configuration/find-document.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';

/** Cognito: DeleteUserPoolClient. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ClientId: ClientIdType }),
  (pool, { UserPoolId, ClientId }) => {
    requireAppClientDocument(pool, UserPoolId, ClientId);
    pool.deleteAppClient(ClientId);
    return {};
  },
);
