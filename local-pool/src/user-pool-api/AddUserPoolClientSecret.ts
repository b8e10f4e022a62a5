import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { addSecret } from '../configuration/configure-app-client.ts';
import { ClientIdType, ClientSecretType, UserPoolIdType } from './shapes.ts';
import { timestamp } from './user-type.ts';

/** The answer is the only one that shows the value (Cognito: AddUserPoolClientSecret). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    ClientId: ClientIdType,
    ClientSecret: ClientSecretType.optional(),
  }),
  (pool, { UserPoolId, ClientId, ClientSecret }) => {
    const { id, value, createdAt } = addSecret(pool, UserPoolId, ClientId, ClientSecret);
    return {
      ClientSecretDescriptor: {
        ClientSecretId: id,
        ClientSecretValue: value,
        ClientSecretCreateDate: timestamp(createdAt),
      },
    };
  },
);
