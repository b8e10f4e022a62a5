import { z } from 'zod';
import { type AppClientDocument, withAppClientDefaults } from '../../configuration/app-client-document.ts';
import { appClientSettings, ClientNameType } from '../../configuration/app-client-settings.ts';
import { cloudFormation as n } from '../../configuration/notation.ts';
import { userPoolId } from '../property-types.ts';

export const userPoolClientProperties = z.strictObject({
  UserPoolId: userPoolId,
  ClientName: ClientNameType.optional(),
  GenerateSecret: n.flag().default(false),
  ...appClientSettings(n),
});

/** @param identity the ID and the secret, pinned by the template's metadata or derived */
export function appClientDocumentOf(
  logicalId: string,
  identity: { clientId: string; clientSecret: string },
  properties: z.infer<typeof userPoolClientProperties>,
): AppClientDocument {
  const { UserPoolId, ClientName = logicalId, GenerateSecret, ...settings } = properties;
  const { clientId, clientSecret } = identity;
  return {
    clientId,
    userPoolId: UserPoolId,
    name: ClientName,
    settings: withAppClientDefaults(settings),
    secrets: GenerateSecret ? [{ id: `${clientId}--1`, value: clientSecret, createdAt: 0 }] : [],
    terms: [],
  };
}
