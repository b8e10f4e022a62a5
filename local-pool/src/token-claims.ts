import { randomUUID } from 'node:crypto';
import { type AppClient, emitsTokenIds } from './model/app-client.ts';
import { acrClaim, amrClaim } from './model/authentication-methods.ts';
import { type Group, preferredRole } from './model/group.ts';
import { identitiesClaim } from './model/identities.ts';
import { readableAttributes } from './model/readable-attributes.ts';
import type { User } from './model/user.ts';
import type { UserPool } from './model/user-pool.ts';
import type { TokenFamily } from './store/token-families.ts';

export type Claims = Record<string, unknown>;

/** What the claims of a user's tokens are made from. */
export interface TokenSubject {
  userPool: UserPool;
  client: AppClient;
  user: User;
  family: TokenFamily;
  /** Strongest first. */
  groups: Group[];
  /** Seconds since the epoch. */
  issuedAt: number;
}

/** The claims of an ID token before any trigger, in the order of real ones (Cognito: Understanding the ID token). */
export function idTokenClaims(subject: TokenSubject, validity: number, nonce?: string): Claims {
  const { userPool, client, user, family, groups, issuedAt } = subject;
  const { email_verified, phone_number_verified, ...attributes } = attributeClaims(subject);
  const roles = groups.flatMap((group) => group.roleArn ?? []);
  return withoutUndefined({
    sub: user.sub,
    'cognito:groups': groupNames(groups),
    email_verified,
    'cognito:preferred_role': preferredRole(groups),
    iss: userPool.issuer,
    phone_number_verified,
    'cognito:username': user.username,
    nonce,
    origin_jti: emitsTokenIds(client) ? family.originJti : undefined,
    'cognito:roles': roles.length > 0 ? roles : undefined,
    aud: client.clientId,
    identities: identitiesClaim(user),
    event_id: family.eventId,
    token_use: 'id',
    auth_time: Math.floor(family.authTime / 1000),
    ...methodClaims(subject),
    exp: issuedAt + validity,
    iat: issuedAt,
    jti: emitsTokenIds(client) ? randomUUID() : undefined,
    ...attributes,
  });
}

/** The claims of a user's access token before any trigger (Cognito: Understanding the access token). */
export function accessTokenClaims(subject: TokenSubject, validity: number): Claims {
  const { userPool, client, user, family, groups, issuedAt } = subject;
  return withoutUndefined({
    sub: user.sub,
    device_key: family.deviceKey,
    'cognito:groups': groupNames(groups),
    iss: userPool.issuer,
    version: family.hosted ? 2 : undefined,
    client_id: client.clientId,
    origin_jti: emitsTokenIds(client) ? family.originJti : undefined,
    aud: family.resource,
    event_id: family.eventId,
    token_use: 'access',
    scope: family.scopes.join(' '),
    auth_time: Math.floor(family.authTime / 1000),
    ...methodClaims(subject),
    exp: issuedAt + validity,
    iat: issuedAt,
    jti: emitsTokenIds(client) ? randomUUID() : undefined,
    username: user.username,
  });
}

/** The claims of an access token that stands for a client and not for a user (client_credentials). */
export function clientTokenClaims(
  userPool: UserPool,
  client: AppClient,
  scopes: string[],
  issuedAt: number,
): Claims {
  return {
    sub: client.clientId,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: issuedAt,
    iss: userPool.issuer,
    exp: issuedAt + client.validity.access,
    iat: issuedAt,
    version: 2,
    jti: randomUUID(),
    client_id: client.clientId,
  };
}

/** How the person signed in, where the pool tells (Cognito: Authentication levels with ACR and AMR claims). */
function methodClaims({ userPool: { acrValues }, family: { methods } }: TokenSubject): Claims {
  return acrValues ? { acr: acrClaim(methods, acrValues), amr: amrClaim(methods) } : {};
}

function attributeClaims({ userPool, client, user, family }: TokenSubject): Claims {
  const claims: Claims = {};
  for (const [name, value] of Object.entries(readableAttributes(user, client, family.scopes))) {
    if (name === 'email_verified' || name === 'phone_number_verified') claims[name] = value === 'true';
    else if (name === 'updated_at') claims[name] = Number(value);
    else if (!userPool.caseSensitive && (name === 'email' || name === 'preferred_username'))
      claims[name] = value.toLowerCase();
    else claims[name] = value;
  }
  return claims;
}

function groupNames(groups: Group[]): string[] | undefined {
  return groups.length > 0 ? groups.map((group) => group.name) : undefined;
}

function withoutUndefined(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}
