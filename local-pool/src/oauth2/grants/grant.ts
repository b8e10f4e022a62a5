import type { LocalPool } from '../../local-pool.ts';
import type { AppClient } from '../../model/app-client.ts';
import type { UserPool } from '../../model/user-pool.ts';

/** The token endpoint's answer (RFC 6749 section 5.1); Cognito sends no `scope` with it. */
export interface TokenResponse {
  id_token?: string;
  access_token: string;
  refresh_token?: string;
  /** Seconds. */
  expires_in: number;
  token_type: 'Bearer';
}

/**
 * Turns a grant into tokens for an authenticated client.
 * @throws OAuthError of RFC 6749 section 5.2, or a CognitoError of the pre token generation trigger.
 */
export type Grant = (
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  form: URLSearchParams,
) => Promise<TokenResponse>;
