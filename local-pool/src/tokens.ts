import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { secondsNow } from './clock.ts';
import type { SigningKey } from './keys.ts';
import { overrideAccessClaims, overrideIdClaims } from './lambda/claim-overrides.ts';
import {
  overridesForClient,
  overridesForUser,
  type TokenTriggerSource,
} from './lambda/pre-token-generation.ts';
import type { LocalPool } from './local-pool.ts';
import type { AppClient } from './model/app-client.ts';
import { requireReadableScopes } from './model/readable-attributes.ts';
import type { User } from './model/user.ts';
import type { UserPool } from './model/user-pool.ts';
import { listGroupsOfUser } from './store/groups.ts';
import type { TokenFamily } from './store/token-families.ts';
import { accessTokenClaims, type Claims, clientTokenClaims, idTokenClaims } from './token-claims.ts';

export interface IssuedTokens {
  accessToken: string;
  /** Absent without the scope `openid` (tokens from the API always have one). */
  idToken?: string;
  /** Seconds: the access token's lifetime. */
  expiresIn: number;
}

/**
 * Issues the ID and access token of a user's family, with groups, attributes and trigger evaluated afresh.
 * @throws OAuthError invalid_grant; CognitoError of the pre token generation trigger.
 */
export async function issueUserTokens(
  pool: LocalPool,
  {
    userPool,
    client,
    user,
    family,
  }: { userPool: UserPool; client: AppClient; user: User; family: TokenFamily },
  source: TokenTriggerSource,
  {
    nonce,
    clientMetadata,
  }: { nonce?: string | undefined; clientMetadata?: Record<string, string> | undefined } = {},
): Promise<IssuedTokens> {
  requireReadableScopes(client, family.scopes);
  const groups = listGroupsOfUser(pool, userPool.id, user.sub);
  const subject = { userPool, client, user, family, groups, issuedAt: secondsNow(pool.clock) };
  const overrides = await overridesForUser(pool, subject, source, clientMetadata);
  const keys = pool.signingKeys(userPool.id);

  const plainAccess = accessTokenClaims(subject, client.validity.access);
  const accessClaims = overrides
    ? overrideAccessClaims(plainAccess, overrides.access, overrides.groups)
    : plainAccess;
  const expiresIn = client.validity.access;
  if (family.hosted && !family.scopes.includes('openid'))
    return { accessToken: await sign(accessClaims, keys.access), expiresIn };

  const plainId = idTokenClaims(subject, client.validity.id, nonce);
  const idClaims = overrides ? overrideIdClaims(plainId, overrides.id, overrides.groups) : plainId;
  if (family.hosted) {
    const accessToken = await sign(accessClaims, keys.access);
    const withHash = { at_hash: accessTokenHash(accessToken), ...idClaims };
    return { accessToken, idToken: await sign(withHash, keys.id), expiresIn };
  }
  const [accessToken, idToken] = await Promise.all([
    sign(accessClaims, keys.access),
    sign(idClaims, keys.id),
  ]);
  return { accessToken, idToken, expiresIn };
}

/** Issues the access token of a client that acts for itself (client_credentials). */
export async function issueClientToken(
  pool: LocalPool,
  { userPool, client, scopes }: { userPool: UserPool; client: AppClient; scopes: string[] },
  clientMetadata: Record<string, string>,
): Promise<IssuedTokens> {
  const claims = clientTokenClaims(userPool, client, scopes, secondsNow(pool.clock));
  const override = await overridesForClient(pool, userPool, client, scopes, clientMetadata);
  const accessToken = await sign(
    override ? overrideAccessClaims(claims, override) : claims,
    pool.signingKeys(userPool.id).access,
  );
  return { accessToken, expiresIn: client.validity.access };
}

/** `at_hash`: the left half of the access token's SHA-256 in base64url (OpenID Connect Core 3.1.3.6). */
export function accessTokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}

function sign(claims: Claims, key: SigningKey): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ kid: key.kid, alg: 'RS256' }).sign(key.privateKey);
}
