import type { AppClient } from '../model/app-client.ts';
import type { UserPool } from '../model/user-pool.ts';

/** An authorization request that has passed every check of validateAuthorizeRequest. */
export interface AuthorizeRequest {
  userPool: UserPool;
  client: AppClient;
  redirectUri: string;
  responseType: 'code' | 'token';
  scopes: string[];
  prompt: ('none' | 'login' | 'select_account' | 'consent')[];
  /** Seconds that may have passed since the sign-in; 0 = it must be a new one. */
  maxAge?: number;
  state?: string;
  nonce?: string;
  codeChallenge?: string;
  loginHint?: string;
  /** The provider that was asked for, or the client's only one; `COGNITO` = the pool's own form. */
  identityProvider?: string;
  /** A resource indicator (RFC 8707): becomes the access token's `aud`. */
  resource?: string;
}
