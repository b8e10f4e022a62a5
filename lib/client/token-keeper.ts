import type { TokenSource } from './authorized-fetch.ts';
import { CognitoFetchError } from './error.ts';
import { type HeldToken, heldToken, type Tokens } from './held-token.ts';
import { untilAborted } from './until-aborted.ts';

export interface TokenKeeperOptions {
  /** Which of the tokens the API wants. */
  use: 'access' | 'id';
  /** One to begin with; without it, the first token is that of a sign-in. */
  refreshToken: string | undefined;
  /** Told of the refusal when the refresh token has ended. */
  signIn(refused: CognitoFetchError | undefined): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
  /** Told of every new set before anybody uses it. What it throws reaches those who waited for the set. */
  onTokens: ((tokens: Tokens) => void | Promise<void>) | undefined;
}

export interface TokenKeeper extends TokenSource {
  /** Forgets everything. @returns the refresh token that was held */
  end(): Promise<string | undefined>;
}

/** In milliseconds: after a refresh that failed while the token is still good, and between renewals that a 401 asked for. */
const PAUSE_AFTER_FAILURE_MS = 10_000;
const PAUSE_BETWEEN_RENEWALS_MS = 30_000;

const isOutage = (error: unknown): boolean =>
  error instanceof CognitoFetchError && error.code === 'user_pool_unavailable';

/**
 * Holds the tokens of one sign-in: signs in when they are first needed, refreshes after 75 % of their life, signs in
 * again when the refresh token has ended. All of it once for all who wait. A refusal of the user pool is final: five
 * wrong passwords in a row lock the user (Cognito: lockout behavior for failed sign-in attempts).
 */
export function tokenKeeper(options: TokenKeeperOptions): TokenKeeper {
  const { use, signIn, refresh, onTokens } = options;
  let { refreshToken } = options;
  let held: HeldToken | undefined;
  let refusal: CognitoFetchError | undefined;
  let underWay: Promise<HeldToken> | undefined;
  let nextRefreshAt = 0;
  let renewedAt = Number.NEGATIVE_INFINITY;

  async function take(tokens: Tokens, askedAt: number): Promise<HeldToken> {
    // Kept before anything else can fail: the one before it may be spent.
    refreshToken = tokens.refreshToken ?? refreshToken;
    const token = use === 'access' ? tokens.accessToken : tokens.idToken;
    if (!token) throw new CognitoFetchError('user_pool_unavailable', `no ${use} token came`);
    held = heldToken(token, askedAt);
    await onTokens?.({ ...tokens, refreshToken });
    return held;
  }

  async function refreshed(askedAt: number): Promise<HeldToken | CognitoFetchError | undefined> {
    if (refreshToken === undefined) return undefined;
    try {
      return await take(await refresh(refreshToken), askedAt);
    } catch (error) {
      if (!(error instanceof CognitoFetchError && error.code === 'refresh_refused')) throw error;
      refreshToken = undefined;
      return error;
    }
  }

  async function obtain(): Promise<HeldToken> {
    if (refusal) throw refusal;
    const askedAt = Date.now();
    try {
      const result = await refreshed(askedAt);
      if (result !== undefined && !(result instanceof CognitoFetchError)) return result;
      return await take(await signIn(result), askedAt);
    } catch (error) {
      if (error instanceof CognitoFetchError && !isOutage(error)) refusal = error;
      throw error;
    }
  }

  function newToken(signal: AbortSignal | undefined): Promise<HeldToken> {
    underWay ??= obtain().finally(() => {
      underWay = undefined;
    });
    return untilAborted(underWay, signal);
  }

  return {
    async token(signal) {
      const before = held;
      if (before && Date.now() < Math.max(before.dueAt, Math.min(nextRefreshAt, before.expiresAt)))
        return before.token;
      try {
        return (await newToken(signal)).token;
      } catch (error) {
        if (!isOutage(error) || !before || Date.now() >= before.expiresAt) throw error;
        nextRefreshAt = Date.now() + PAUSE_AFTER_FAILURE_MS;
        return before.token;
      }
    },
    async renew(refused, signal) {
      if (held?.token !== refused) return true;
      if (!underWay) {
        // An API that refuses every token must not cost a refresh for each request.
        if (Date.now() - renewedAt < PAUSE_BETWEEN_RENEWALS_MS) return false;
        renewedAt = Date.now();
      }
      try {
        await newToken(signal);
        return true;
      } catch (error) {
        if (!isOutage(error)) throw error;
        return false;
      }
    },
    async end() {
      refusal ??= new CognitoFetchError('signed_out');
      await underWay?.catch(() => {});
      const last = refreshToken;
      held = undefined;
      refreshToken = undefined;
      return last;
    },
  };
}
