import type { AppClientDocument } from './configuration/app-client-document.ts';
import { appClientOf } from './configuration/app-client-of.ts';
import type { UserPoolDocument } from './configuration/user-pool-document.ts';
import { userPoolOf } from './configuration/user-pool-of.ts';
import { CognitoError } from './errors.ts';
import { loadSigningKeys, type SigningKeys } from './keys.ts';
import type { AppClient } from './model/app-client.ts';
import type { UserPool } from './model/user-pool.ts';
import { listAppClientDocuments, removeAppClient, writeAppClient } from './store/app-clients.ts';
import type { StoreContext } from './store/database.ts';
import { listUserPoolDocuments, removeUserPool, writeUserPool } from './store/user-pools.ts';

/** The user pools and app clients of the store, ready for use; what is put here is in the store when the call returns. */
export interface Directory {
  userPool(id: string): UserPool | undefined;
  userPools(): UserPool[];
  appClient(id: string): AppClient | undefined;
  /** @throws CognitoError ResourceNotFoundException for a user pool that there is not, or is no more */
  signingKeys(userPoolId: string): SigningKeys;
  /** Adds a user pool, or writes one over another. It is there once its keys are. */
  addUserPool(document: UserPoolDocument): Promise<void>;
  /** Changes a user pool that is there. */
  putUserPool(document: UserPoolDocument): void;
  /** Deletes a user pool with everything that is its own. */
  deleteUserPool(id: string): void;
  putAppClient(document: AppClientDocument): void;
  deleteAppClient(clientId: string): void;
}

export interface DirectoryOptions {
  /** The issuer of a user pool's tokens. */
  issuerOf(userPoolId: string): string;
  /** Seconds; for all app clients, whatever they are configured to. */
  accessTokenValidity?: number | undefined;
}

/** Opens the directory of a store. */
export async function openDirectory(context: StoreContext, options: DirectoryOptions): Promise<Directory> {
  const userPools = new Map<string, UserPool>();
  const appClients = new Map<string, AppClient>();
  const keys = new Map<string, SigningKeys>();

  const showUserPool = (document: UserPoolDocument) =>
    void userPools.set(document.id, userPoolOf(document, options.issuerOf(document.id)));
  function showAppClient(document: AppClientDocument): void {
    const client = appClientOf(document);
    if (options.accessTokenValidity !== undefined) client.validity.access = options.accessTokenValidity;
    appClients.set(client.clientId, client);
  }

  const stored = listUserPoolDocuments(context).map(({ document }) => document);
  const loaded = await Promise.all(stored.map(({ id }) => loadSigningKeys(context, id)));
  stored.forEach((document, index) => {
    const found = loaded[index];
    if (found) keys.set(document.id, found);
    showUserPool(document);
  });
  for (const { document } of listAppClientDocuments(context)) showAppClient(document);

  return {
    userPool: (id) => userPools.get(id),
    userPools: () => [...userPools.values()],
    appClient: (id) => appClients.get(id),
    signingKeys(id) {
      const found = keys.get(id);
      if (!found) throw new CognitoError('ResourceNotFoundException', `User pool ${id} does not exist.`);
      return found;
    },
    async addUserPool(document) {
      if (!keys.has(document.id)) keys.set(document.id, await loadSigningKeys(context, document.id));
      writeUserPool(context, document);
      showUserPool(document);
    },
    putUserPool(document) {
      writeUserPool(context, document);
      showUserPool(document);
    },
    deleteUserPool(id) {
      removeUserPool(context, id);
      userPools.delete(id);
      keys.delete(id);
      for (const client of appClients.values())
        if (client.userPoolId === id) appClients.delete(client.clientId);
    },
    putAppClient(document) {
      writeAppClient(context, document);
      showAppClient(document);
    },
    deleteAppClient(clientId) {
      removeAppClient(context, clientId);
      appClients.delete(clientId);
    },
  };
}
