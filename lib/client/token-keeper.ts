import type { TokenSource } from './authorized-fetch.ts';
import { isOutage, TokenSupply, type TokenSupplyOptions } from './token-supply.ts';

interface TokenKeeper extends TokenSource {
  /** Forgets everything. @returns the refresh token that was held */
  end(): Promise<string | undefined>;
}

/** In milliseconds: after a refresh that failed while the token is still good, and between renewals that a 401 asked for. */
const PAUSE_AFTER_FAILURE_MS = 10_000;
const PAUSE_BETWEEN_RENEWALS_MS = 30_000;

/** Holds the token of one sign-in: it is had when it is first needed, and anew after 75 % of its life. */
export function tokenKeeper(options: TokenSupplyOptions): TokenKeeper {
  const supply = new TokenSupply(options);
  let nextRefreshAt = 0;
  let renewedAt = Number.NEGATIVE_INFINITY;
  return {
    async token(signal) {
      const before = supply.held;
      if (before && Date.now() < Math.max(before.dueAt, Math.min(nextRefreshAt, before.expiresAt)))
        return before.token;
      try {
        return (await supply.another(signal)).token;
      } catch (error) {
        if (!isOutage(error) || !before || Date.now() >= before.expiresAt) throw error;
        nextRefreshAt = Date.now() + PAUSE_AFTER_FAILURE_MS;
        return before.token;
      }
    },
    async renew(refused, signal) {
      if (supply.held?.token !== refused) return true;
      if (!supply.busy) {
        // An API that refuses every token must not cost a refresh for each request.
        if (Date.now() - renewedAt < PAUSE_BETWEEN_RENEWALS_MS) return false;
        renewedAt = Date.now();
      }
      try {
        await supply.another(signal);
        return true;
      } catch (error) {
        if (!isOutage(error)) throw error;
        return false;
      }
    },
    end: () => supply.end(),
  };
}
