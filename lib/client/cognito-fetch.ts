import { type AuthorizedFetch, authorizedFetch } from './authorized-fetch.ts';
import { CognitoFetchError } from './error.ts';
import { type CognitoFetchOptions, checkOptions } from './options.ts';
import { signInBySrp } from './srp-sign-in.ts';
import { tokenKeeper } from './token-keeper.ts';
import { openUserPool, refreshTokens, revokeToken } from './user-pool.ts';

export type { ChallengeAnswers, ChallengeName, OnChallenge } from './challenge.ts';
export { CognitoFetchError, type CognitoFetchErrorCode } from './error.ts';
export type { Tokens } from './held-token.ts';
export type { CognitoFetchOptions } from './options.ts';

/** A `fetch` that is signed in. */
export interface CognitoFetch extends AuthorizedFetch {
  /** The token that a request would have now. */
  token(signal?: AbortSignal): Promise<string>;
  /**
   * Revokes the refresh token and whatever came from it; nothing is sent any more after that.
   * @throws CognitoFetchError `user_pool_unavailable`, `refresh_refused`, when it could not be revoked; it is forgotten
   * all the same
   */
  signOut(): Promise<void>;
}

/**
 * A `fetch` for scripts and services: signs in with a password (SRP) or begins with a refresh token when the first
 * request is made, puts a token into the header of each, and keeps that token fresh. See docs/guides/cognito-fetch.md.
 * @throws CognitoFetchError `invalid_options`. Its requests throw, besides what `fetch` throws: `sign_in_refused`,
 * `challenge_unanswered`, `refresh_refused` and `signed_out`, which are final; `user_pool_unavailable`, which may pass;
 * `foreign_origin` and `redirect_refused`, which are about the one request
 */
export function createCognitoFetch(options: CognitoFetchOptions): CognitoFetch {
  checkOptions(options);
  const { signIn, token: use = 'access', onChallenge = {}, onTokens } = options;
  const userPool = openUserPool(options);
  const credentials = 'password' in signIn ? signIn : undefined;
  const keeper = tokenKeeper({
    use,
    refreshToken: 'refreshToken' in signIn ? signIn.refreshToken : undefined,
    async signIn(refused) {
      if (credentials) return await signInBySrp(userPool, options, credentials, onChallenge);
      throw refused ?? new CognitoFetchError('refresh_refused');
    },
    refresh: (refreshToken) => refreshTokens(userPool, options, refreshToken),
    onTokens,
  });
  const fetch = authorizedFetch(keeper, { ...options, baseUrl: new URL(options.baseUrl) });
  return Object.assign(fetch, {
    token: (signal?: AbortSignal) => keeper.token(signal),
    async signOut() {
      const refreshToken = await keeper.end();
      if (refreshToken) await revokeToken(userPool, options, refreshToken);
    },
  });
}
