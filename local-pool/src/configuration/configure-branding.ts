import { randomUUID } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { listAppClientDocuments } from '../store/app-clients.ts';
import type { AppClientDocument, BrandingDocument } from './app-client-document.ts';
import { changeAppClient, requireAppClientDocument, requireUserPoolDocument } from './find-document.ts';

/** What a style is made of, as far as it is given. */
export interface BrandingSettings {
  useCognitoProvidedValues?: boolean;
  settings?: unknown;
  assets?: unknown[];
}

/** An app client that has a style. */
export type BrandedAppClient = AppClientDocument & { branding: BrandingDocument };

/** @throws CognitoError ResourceNotFoundException */
export function requireBranding(pool: LocalPool, userPoolId: string, id: string): BrandedAppClient {
  requireUserPoolDocument(pool, userPoolId);
  return branded(
    listAppClientDocuments(pool, userPoolId).find(({ document }) => document.branding?.id === id)?.document,
  );
}

/** @throws CognitoError ResourceNotFoundException */
export function requireBrandingOfClient(
  pool: LocalPool,
  userPoolId: string,
  clientId: string,
): BrandedAppClient {
  return branded(requireAppClientDocument(pool, userPoolId, clientId).document);
}

/**
 * Gives an app client the style without which managed login refuses its pages.
 * @throws CognitoError ManagedLoginBrandingExistsException, InvalidParameterException, ResourceNotFoundException
 *   (Cognito: CreateManagedLoginBranding)
 */
export function createBranding(
  pool: LocalPool,
  userPoolId: string,
  clientId: string,
  given: BrandingSettings,
): BrandingDocument {
  if (requireAppClientDocument(pool, userPoolId, clientId).document.branding)
    throw new CognitoError(
      'ManagedLoginBrandingExistsException',
      'The app client already has a managed login branding style.',
    );
  requireOneSource(given);
  const now = pool.clock.now();
  const branding = {
    id: randomUUID(),
    useCognitoProvidedValues: false,
    ...given,
    createdAt: now,
    modifiedAt: now,
  };
  changeAppClient(pool, userPoolId, clientId, (document) => ({ ...document, branding }));
  return branding;
}

/** @throws CognitoError InvalidParameterException, ResourceNotFoundException (Cognito: UpdateManagedLoginBranding) */
export function updateBranding(
  pool: LocalPool,
  userPoolId: string,
  id: string,
  given: BrandingSettings,
): BrandingDocument {
  requireOneSource(given);
  const { clientId, branding: before } = requireBranding(pool, userPoolId, id);
  const { settings: _, assets: __, ...usual } = before;
  const branding = {
    ...(given.useCognitoProvidedValues ? usual : before),
    ...given,
    modifiedAt: pool.clock.now(),
  };
  changeAppClient(pool, userPoolId, clientId, (document) => ({ ...document, branding }));
  return branding;
}

/** @throws CognitoError ResourceNotFoundException (Cognito: DeleteManagedLoginBranding) */
export function deleteBranding(pool: LocalPool, userPoolId: string, id: string): void {
  const { clientId } = requireBranding(pool, userPoolId, id);
  changeAppClient(pool, userPoolId, clientId, ({ branding: _, ...document }) => document);
}

function branded(document: AppClientDocument | undefined): BrandedAppClient {
  if (!document?.branding)
    throw new CognitoError('ResourceNotFoundException', 'Managed login branding style does not exist.');
  return { ...document, branding: document.branding };
}

function requireOneSource({ useCognitoProvidedValues, settings, assets }: BrandingSettings): void {
  if (useCognitoProvidedValues && (settings !== undefined || assets !== undefined))
    throw new CognitoError(
      'InvalidParameterException',
      'Settings and Assets cannot be set with UseCognitoProvidedValues.',
    );
}
