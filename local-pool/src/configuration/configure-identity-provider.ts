import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { changeUserPool, requireUserPoolDocument } from './find-document.ts';
import { identityProviderProblem } from './identity-provider-rules.ts';
import type { IdentityProviderDocument } from './identity-provider-shape.ts';

export type NewIdentityProvider = Omit<IdentityProviderDocument, 'createdAt' | 'modifiedAt'>;

/** @throws CognitoError ResourceNotFoundException */
export function requireIdentityProvider(
  pool: LocalPool,
  userPoolId: string,
  name: string,
): IdentityProviderDocument {
  return found(
    requireUserPoolDocument(pool, userPoolId).document.identityProviders.find(
      ({ ProviderName }) => ProviderName === name,
    ),
    name,
  );
}

/** @throws CognitoError ResourceNotFoundException */
export function requireIdentityProviderByIdentifier(
  pool: LocalPool,
  userPoolId: string,
  identifier: string,
): IdentityProviderDocument {
  return found(
    requireUserPoolDocument(pool, userPoolId).document.identityProviders.find(({ IdpIdentifiers }) =>
      IdpIdentifiers?.includes(identifier),
    ),
    identifier,
  );
}

/**
 * @throws CognitoError DuplicateProviderException, InvalidParameterException, ResourceNotFoundException
 *   (Cognito: CreateIdentityProvider)
 */
export function createIdentityProvider(
  pool: LocalPool,
  userPoolId: string,
  given: NewIdentityProvider,
): IdentityProviderDocument {
  const { identityProviders } = requireUserPoolDocument(pool, userPoolId).document;
  if (identityProviders.some(({ ProviderName }) => ProviderName === given.ProviderName))
    throw new CognitoError(
      'DuplicateProviderException',
      `A provider with the name ${given.ProviderName} already exists.`,
    );
  requireRules(given);
  requireFreeIdentifiers(identityProviders, given);
  const now = pool.clock.now();
  const provider = { ...given, createdAt: now, modifiedAt: now };
  changeUserPool(pool, userPoolId, (document) => ({
    ...document,
    identityProviders: [...identityProviders, provider],
  }));
  return provider;
}

/**
 * Changes what is given and leaves the rest as it is.
 * @throws CognitoError InvalidParameterException, ResourceNotFoundException (Cognito: UpdateIdentityProvider)
 */
export function updateIdentityProvider(
  pool: LocalPool,
  userPoolId: string,
  name: string,
  given: Partial<Pick<NewIdentityProvider, 'ProviderDetails' | 'AttributeMapping' | 'IdpIdentifiers'>>,
): IdentityProviderDocument {
  const before = requireIdentityProvider(pool, userPoolId, name);
  const provider = { ...before, ...given, modifiedAt: pool.clock.now() };
  requireRules(provider);
  changeUserPool(pool, userPoolId, (document) => {
    requireFreeIdentifiers(document.identityProviders, provider);
    return {
      ...document,
      identityProviders: document.identityProviders.map((one) =>
        one.ProviderName === name ? provider : one,
      ),
    };
  });
  return provider;
}

/** @throws CognitoError ResourceNotFoundException (Cognito: DeleteIdentityProvider) */
export function deleteIdentityProvider(pool: LocalPool, userPoolId: string, name: string): void {
  requireIdentityProvider(pool, userPoolId, name);
  changeUserPool(pool, userPoolId, (document) => ({
    ...document,
    identityProviders: document.identityProviders.filter(({ ProviderName }) => ProviderName !== name),
  }));
}

/** What a type cannot do without (Cognito: CreateIdentityProvider, ProviderDetails). */
const REQUIRED_DETAILS: Record<NewIdentityProvider['ProviderType'], string[]> = {
  SAML: [],
  OIDC: ['client_id', 'attributes_request_method', 'oidc_issuer', 'authorize_scopes'],
  Google: ['client_id', 'client_secret', 'authorize_scopes'],
  Facebook: ['client_id', 'client_secret', 'authorize_scopes'],
  LoginWithAmazon: ['client_id', 'client_secret', 'authorize_scopes'],
  SignInWithApple: ['client_id', 'team_id', 'key_id', 'authorize_scopes'],
};

function requireRules(provider: NewIdentityProvider): void {
  requireDetails(provider);
  const problem = identityProviderProblem(provider);
  if (problem) throw problem.error;
}

function requireDetails({ ProviderType, ProviderDetails }: NewIdentityProvider): void {
  const missing = REQUIRED_DETAILS[ProviderType].find((name) => !Object.hasOwn(ProviderDetails, name));
  if (missing !== undefined)
    throw new CognitoError('InvalidParameterException', `Missing required provider detail ${missing}`);
  if (ProviderType === 'SAML' && !ProviderDetails.MetadataURL && !ProviderDetails.MetadataFile)
    throw new CognitoError(
      'InvalidParameterException',
      'MetadataURL or MetadataFile is required in the details of a SAML provider.',
    );
}

function requireFreeIdentifiers(
  identityProviders: IdentityProviderDocument[],
  { ProviderName, IdpIdentifiers = [] }: NewIdentityProvider,
): void {
  const taken = identityProviders
    .filter((provider) => provider.ProviderName !== ProviderName)
    .flatMap((provider) => provider.IdpIdentifiers ?? []);
  const twice = IdpIdentifiers.find((identifier) => taken.includes(identifier));
  if (twice !== undefined)
    throw new CognitoError(
      'InvalidParameterException',
      `The identifier ${twice} belongs to another identity provider.`,
    );
}

function found(provider: IdentityProviderDocument | undefined, name: string): IdentityProviderDocument {
  if (!provider)
    throw new CognitoError('ResourceNotFoundException', `Identity provider ${name} does not exist.`);
  return provider;
}
