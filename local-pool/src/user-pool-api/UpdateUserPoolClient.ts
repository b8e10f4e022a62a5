import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { appClientSettings, ClientNameType } from '../configuration/app-client-settings.ts';
import { updateAppClient } from '../configuration/configure-app-client.ts';
import { wire } from '../configuration/notation.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';
import { userPoolClientType } from './user-pool-client-type.ts';

/** Replaces: what is not sent goes back to its default (Cognito: UpdateUserPoolClient). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    ClientId: ClientIdType,
    ClientName: ClientNameType.optional(),
    ...appClientSettings(wire),
  }),
  (pool, { UserPoolId, ClientId, ClientName, ...settings }) => {
    const place = { userPoolId: UserPoolId, clientId: ClientId };
    return { UserPoolClient: userPoolClientType(updateAppClient(pool, place, ClientName, settings)) };
  },
);
