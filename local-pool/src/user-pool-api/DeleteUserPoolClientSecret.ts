import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { text } from '../aws-json/shapes.ts';
import { deleteSecret } from '../configuration/configure-app-client.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';

/** Cognito: DeleteUserPoolClientSecret. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    ClientId: ClientIdType,
    ClientSecretId: text({ min: 1, max: 160 }),
  }),
  (pool, { UserPoolId, ClientId, ClientSecretId }) => {
    deleteSecret(pool, UserPoolId, ClientId, ClientSecretId);
    return {};
  },
);
