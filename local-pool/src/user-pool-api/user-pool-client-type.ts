import type { StoredAppClient } from '../store/app-clients.ts';
import { timestamp } from './user-type.ts';

/** API reference: UserPoolClientType. Of two secrets the older one is shown. */
export function userPoolClientType({ document, createdAt, modifiedAt }: StoredAppClient) {
  const { clientId, userPoolId, name, settings, secrets } = document;
  return {
    UserPoolId: userPoolId,
    ClientName: name,
    ClientId: clientId,
    ...(secrets[0] && { ClientSecret: secrets[0].value }),
    ...settings,
    CreationDate: timestamp(createdAt),
    LastModifiedDate: timestamp(modifiedAt),
  };
}

/** API reference: UserPoolClientDescription. */
export function userPoolClientDescription({ document }: StoredAppClient) {
  return { ClientId: document.clientId, UserPoolId: document.userPoolId, ClientName: document.name };
}
