import { CognitoError } from '../errors.ts';
import { isProviderUrl } from '../federation/loopback.ts';
import type { IdentityProviderDocument } from './identity-provider-shape.ts';
import type { Problem } from './user-pool-rules.ts';

/** What the APIs call the user pool itself by (AdminLinkProviderForUser, SupportedIdentityProviders). */
const RESERVED_NAMES = ['COGNITO', 'Cognito'];
/** The details that are addresses (Cognito: CreateIdentityProvider, ProviderDetails). */
const ADDRESSES = ['MetadataURL', 'oidc_issuer', 'authorize_url', 'token_url', 'attributes_url', 'jwks_uri'];

/** The first rule of an identity provider that is broken, whether it comes by the API or from a template. */
export function identityProviderProblem({
  ProviderName,
  ProviderDetails,
}: Pick<IdentityProviderDocument, 'ProviderName' | 'ProviderDetails'>): Problem | undefined {
  if (RESERVED_NAMES.includes(ProviderName))
    return {
      member: 'ProviderName',
      error: new CognitoError(
        'DuplicateProviderException',
        `A provider with the name ${ProviderName} already exists.`,
      ),
    };
  const bad = ADDRESSES.find((name) => ProviderDetails[name] && !isProviderUrl(ProviderDetails[name]));
  if (bad === undefined) return undefined;
  return {
    member: `ProviderDetails.${bad}`,
    error: new CognitoError(
      'InvalidParameterException',
      `${bad} must be an https address, or http on localhost.`,
    ),
  };
}
