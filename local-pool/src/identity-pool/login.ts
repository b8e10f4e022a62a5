import type { JWTPayload } from 'jose';
import type { LocalPool } from '../local-pool.ts';
import type { Login } from '../store/identity-pool-logins.ts';
import type { IdentityPool } from './identity-pool.ts';
import { verifiedLogin } from './login-token.ts';
import { verifyOidcLogin } from './oidc-login.ts';
import { type OwnToken, verifyOwnToken } from './own-token.ts';
import { canonicalProviderName } from './provider-name.ts';
import { refusals } from './refusals.ts';
import { verifyUserPoolLogin } from './user-pool-login.ts';

/** A login whose token has been verified. */
export interface VerifiedLogin extends Login {
  claims: JWTPayload;
  /** The key of the provider's entry in RoleMappings. */
  roleMappingKey: string;
  /** What it adds to `amr` of an OpenID token, after `authenticated`. */
  amr: string[];
}

/** The logins of one call, in the caller's order. */
export interface PresentedLogins {
  logins: VerifiedLogin[];
  ownToken?: OwnToken;
}

const OWN_PROVIDER = 'cognito-identity.amazonaws.com';

/**
 * Verifies a Logins map: provider -> token.
 * @throws CognitoError NotAuthorizedException, ExternalServiceException, ResourceConflictException
 */
export async function verifyLogins(
  pool: LocalPool,
  identityPool: IdentityPool,
  map: Readonly<Record<string, string>> = {},
): Promise<PresentedLogins> {
  const presented: PresentedLogins = { logins: [] };
  for (const [key, token] of Object.entries(map)) {
    if (key === OWN_PROVIDER) presented.ownToken = await verifyOwnLogin(pool, identityPool, token);
    else addLogin(presented.logins, await verifyLogin(pool, identityPool, key, token));
  }
  return presented;
}

/**
 * A token of GetOpenIdToken is none: it would renew itself for ever, and have the identity's roles without the login that
 * a role mapping judges (Cognito: Developer-authenticated identities; section 5.4 of the behaviour notes).
 */
async function verifyOwnLogin(pool: LocalPool, { id }: IdentityPool, token: string): Promise<OwnToken> {
  const own = await verifiedLogin(pool.clock, verifyOwnToken(pool, token));
  if (own.identityPoolId !== id || !own.isLogin) throw refusals.unsupportedProvider();
  return own;
}

function verifyLogin(
  pool: LocalPool,
  { cognitoIdentityProviders = [], openIdConnectProviderArns = [] }: IdentityPool,
  key: string,
  token: string,
): Promise<VerifiedLogin> {
  const provider = canonicalProviderName(pool, key);
  const isProvider = ({ providerName }: { providerName: string }) =>
    canonicalProviderName(pool, providerName) === provider;
  if (cognitoIdentityProviders.some(isProvider))
    return verifyUserPoolLogin(pool, cognitoIdentityProviders, provider, token);
  if (openIdConnectProviderArns.some((arn) => arn.endsWith(`:oidc-provider/${key}`)))
    return verifyOidcLogin(pool, key, token);
  throw refusals.unsupportedProvider();
}

/** A provider may stand in the map under both of its names, for one account. */
function addLogin(logins: VerifiedLogin[], login: VerifiedLogin): void {
  const same = logins.find(({ provider }) => provider === login.provider);
  if (same && same.subject !== login.subject) throw refusals.conflict();
  if (!same) logins.push(login);
}
