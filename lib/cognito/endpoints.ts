import type { Config } from '../config.ts';

interface Endpoints {
  readonly authorization: string;
  readonly token: string;
  readonly userInfo: string;
  readonly revocation: string;
  readonly jwks: string;
  /** The user pool's JSON API (`X-Amz-Target`), which is on the issuer's own host. */
  readonly api: string;
}

/**
 * The user pool's addresses, built from the configuration rather than fetched: Cognito's paths are fixed, and a
 * discovery request on the sign-in path is one more thing that can be slow (Cognito: user pool endpoints).
 */
export const endpoints = (config: Pick<Config, 'issuer' | 'domain'>): Endpoints => ({
  authorization: `${config.domain}/oauth2/authorize`,
  token: `${config.domain}/oauth2/token`,
  userInfo: `${config.domain}/oauth2/userInfo`,
  revocation: `${config.domain}/oauth2/revoke`,
  jwks: `${config.issuer}/.well-known/jwks.json`,
  api: new URL('/', config.issuer).href,
});

/** The AWS region of a user pool, which its ID begins with. */
export const regionOf = ({ userPoolId }: Pick<Config, 'userPoolId'>): string =>
  userPoolId.slice(0, userPoolId.indexOf('_'));

/** How an identity pool names the user pool (Cognito: identity pools, user pools as an identity provider). */
export const userPoolProvider = (config: Pick<Config, 'userPoolId'>): string =>
  `cognito-idp.${regionOf(config)}.amazonaws.com/${config.userPoolId}`;

/** What a sign-in asks for; the last lets people look after their own account. The app client has to be allowed all. */
export const SIGN_IN_SCOPES = 'openid email profile aws.cognito.signin.user.admin';

/** Where the user pool sends the browser back with a code. It has to be among the app client's callback URLs. */
export const callbackUrl = (config: Config): string =>
  new URL('/api/auth/callback/cognito', config.appUrl).href;

/**
 * The address that ends the hosted UI's own session and returns to the home page. Cognito does not follow
 * RP-initiated logout: it wants `client_id` and a registered `logout_uri` (Cognito: logout endpoint).
 */
export function logoutUrl(config: Config): string {
  const query = new URLSearchParams({ client_id: config.clientId, logout_uri: config.appUrl.href });
  return `${config.domain}/logout?${query}`;
}
