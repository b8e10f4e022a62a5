import type { AccessTokenClaims, IdTokenClaims } from '../cognito/claims.ts';
import type { LiveSession } from '../session/current.ts';

/** Who a request acts for, however it proved it. Holds no token. */
export interface Principal {
  readonly via: 'session' | 'bearer';
  /** The stable identity: `sub` within its issuer. E-mail addresses and user names can change hands. */
  readonly sub: string;
  readonly username: string;
  readonly clientId: string;
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
  /** Claims about the person: of the ID token for a session, of the presented token for a bearer. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** When the person last proved who they are, in seconds since the epoch; 0 when the token does not say. */
  readonly authenticatedAt: number;
  /** How they proved it (`amr`, RFC 8176); empty when the token does not say. */
  readonly authenticationMethods: readonly string[];
}

function principalOf(
  via: Principal['via'],
  access: AccessTokenClaims,
  claims: Record<string, unknown>,
): Principal {
  return {
    via,
    sub: access.sub,
    username: access.username ?? access.client_id,
    clientId: access.client_id,
    groups: access['cognito:groups'] ?? [],
    scopes: access.scope?.split(' ').filter(Boolean) ?? [],
    claims,
    authenticatedAt: access.auth_time ?? 0,
    authenticationMethods: access.amr ?? [],
  };
}

export const principalOfSession = ({ session, access }: LiveSession): Principal =>
  principalOf('session', access, session.claims);

export const principalOfBearer = (access: AccessTokenClaims): Principal =>
  principalOf('bearer', access, access);

/** An ID token has no scopes. */
export const principalOfIdToken = (id: IdTokenClaims): Principal => ({
  via: 'bearer',
  sub: id.sub,
  username: id['cognito:username'],
  clientId: id.aud,
  groups: id['cognito:groups'] ?? [],
  scopes: [],
  claims: id,
  authenticatedAt: id.auth_time,
  authenticationMethods: id.amr ?? [],
});
