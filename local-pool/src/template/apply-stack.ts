import type { AppClientDocument } from '../configuration/app-client-document.ts';
import type { UserPoolDocument } from '../configuration/user-pool-document.ts';
import { StartError } from '../errors.ts';
import { findAppClientDocument, type StoredAppClient, writeAppClient } from '../store/app-clients.ts';
import type { StoreContext } from '../store/database.ts';
import { putGroup } from '../store/groups.ts';
import { putIdentityPool } from '../store/identity-pools.ts';
import {
  findUserPoolDocument,
  listUserPoolDocuments,
  type StoredUserPool,
  writeUserPool,
} from '../store/user-pools.ts';
import type { Stack } from './stack.ts';

/**
 * Writes a template's user pools, app clients, groups and identity pools over those of the store. What a template cannot
 * say stays as the API left it: users, other app clients and groups, the look of the classic pages, terms, risk and log
 * settings.
 * @throws StartError for a domain that a user pool of the API has taken
 */
export function applyStack(
  context: StoreContext,
  { userPools, appClients, groups, identityPools }: Stack,
): void {
  context.store.transaction(() => {
    for (const document of userPools) {
      requireFreeDomains(context, document);
      const before = findUserPoolDocument(context, document.id);
      writeUserPool(context, withUserPoolOfBefore(document, before, context.clock.now()));
    }
    for (const document of appClients) {
      const before = findAppClientDocument(context, document.clientId);
      writeAppClient(context, withAppClientOfBefore(document, before, context.clock.now()));
    }
    for (const group of groups) putGroup(context, group);
    for (const identityPool of identityPools) putIdentityPool(context, identityPool);
  });
}

function requireFreeDomains(context: StoreContext, { id, domains }: UserPoolDocument): void {
  const others = listUserPoolDocuments(context).filter(({ document }) => document.id !== id);
  for (const { name } of domains) {
    const holder = others.find(({ document }) => document.domains.some((domain) => domain.name === name));
    if (holder)
      throw new StartError(`The domain ${name} belongs to the user pool ${holder.document.id} of the store.`);
  }
}

function withUserPoolOfBefore(
  document: UserPoolDocument,
  before: StoredUserPool | undefined,
  now: number,
): UserPoolDocument {
  const {
    uiCustomization,
    riskConfiguration,
    logConfigurations,
    identityProviders = [],
  } = before?.document ?? {};
  return {
    ...document,
    identityProviders: document.identityProviders.map((provider) => {
      const known = identityProviders.find(({ ProviderName }) => ProviderName === provider.ProviderName);
      return { ...provider, createdAt: known?.createdAt ?? now, modifiedAt: known?.modifiedAt ?? now };
    }),
    ...(uiCustomization && { uiCustomization }),
    ...(riskConfiguration && { riskConfiguration }),
    ...(logConfigurations && { logConfigurations }),
  };
}

function withAppClientOfBefore(
  document: AppClientDocument,
  before: StoredAppClient | undefined,
  now: number,
): AppClientDocument {
  const { uiCustomization, riskConfiguration, terms = [], branding, secrets = [] } = before?.document ?? {};
  const own = document.secrets.map((secret) => ({
    ...secret,
    createdAt: secrets.find(({ id }) => id === secret.id)?.createdAt ?? now,
  }));
  const added = secrets.filter(({ id }) => own.every((secret) => secret.id !== id));
  return {
    ...document,
    // A client that the template wants public stays public.
    secrets: own.length > 0 ? [...own, ...added].slice(0, 2) : [],
    terms,
    ...(document.branding && {
      branding: {
        ...document.branding,
        createdAt: branding?.createdAt ?? now,
        modifiedAt: branding?.modifiedAt ?? now,
      },
    }),
    ...(uiCustomization && { uiCustomization }),
    ...(riskConfiguration && { riskConfiguration }),
  };
}
