import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { appClientSettings, ClientNameType } from '../configuration/app-client-settings.ts';
import { createAppClient } from '../configuration/configure-app-client.ts';
import { wire } from '../configuration/notation.ts';
import { ClientSecretType, UserPoolIdType } from './shapes.ts';
import { userPoolClientType } from './user-pool-client-type.ts';

/** Cognito: CreateUserPoolClient. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    ClientName: ClientNameType,
    GenerateSecret: z.boolean().optional(),
    ClientSecret: ClientSecretType.optional(),
    ...appClientSettings(wire),
  }),
  (pool, { UserPoolId, ClientName, GenerateSecret = false, ClientSecret, ...settings }) => ({
    UserPoolClient: userPoolClientType(
      createAppClient(pool, {
        userPoolId: UserPoolId,
        name: ClientName,
        settings,
        generateSecret: GenerateSecret,
        secret: ClientSecret,
      }),
    ),
  }),
);
