import { BoundedMap } from '../bounded-map.ts';
import { requestClientToken } from '../cognito/client-credentials.ts';
import type { Config, ServiceClient } from '../config.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { backOff, restAfterRefusal } from './back-off.ts';
import { lifetimeOf } from './lifetime.ts';
import type { TokenCounts } from './token-usage.ts';

const RENEW_AT = 0.75;
/** A service that refuses every token must not make us ask for one each time. */
const DROP_EVERY_MS = 60_000;
/** Sets of scopes are written down in code and configuration; nobody has so many. */
const MOST_SCOPE_SETS = 100;

/** Counts for one app client; see `TokenUsageRow`. */
export type Count = (clientId: string, counts: Partial<TokenCounts>) => void;

export interface MachineTokens {
  /**
   * An access token of the app client for these scopes, in any order: the one that is held, until its life has ended.
   * After 75 % of it another is asked for, and nobody waits for that one.
   * @throws AppError `machine_client_refused`, `machine_token_unavailable`
   */
  token(scopes: readonly string[]): Promise<string>;
  /**
   * Forgets a token that a service refused: once a minute at the most, and not while the user pool is left alone.
   * @returns whether another token than this may be had now
   */
  drop(scopes: readonly string[], token: string): boolean;
}

interface Held {
  readonly token: string;
  /** By the clock of the tokens. */
  readonly renewAt: number;
  readonly endsAt: number;
}

/** What is known of one set of scopes. */
interface Slot {
  readonly scopes: readonly string[];
  held: Held | undefined;
  /** The token request that is under way. */
  request: Promise<Held> | undefined;
  /** Token requests in a row that brought no token. */
  failures: number;
  /** Until then the user pool is left alone. */
  restUntil: number;
  reason: 'machine_client_refused' | 'machine_token_unavailable';
  /** Until then a refused token is not taken for a reason to ask for another. */
  keepUntil: number;
}

/**
 * Keeps the tokens of one app client: one for each set of scopes, in memory alone. Calls that need one at the same time
 * share one token request; after a failure the user pool is left alone for a while, whoever calls.
 * @param now milliseconds from any moment, of a clock that nobody sets: one that is put back would keep a token beyond
 * its life
 * @param random from 0 to 1
 */
export function createMachineTokens(
  config: Config,
  client: ServiceClient,
  count: Count,
  now: () => number = () => performance.now(),
  random: () => number = Math.random,
): MachineTokens {
  const slots = new BoundedMap<string, Slot>(MOST_SCOPE_SETS);

  function slotOf(asked: readonly string[]): Slot {
    const scopes = [...new Set(asked)].sort();
    const key = scopes.join(' ');
    const known = slots.get(key);
    if (known) return known;
    const slot: Slot = {
      scopes,
      held: undefined,
      request: undefined,
      failures: 0,
      restUntil: Number.NEGATIVE_INFINITY,
      reason: 'machine_token_unavailable',
      keepUntil: Number.NEGATIVE_INFINITY,
    };
    slots.set(key, slot);
    return slot;
  }

  function rest(slot: Slot, wait: number): void {
    slot.restUntil = now() + wait;
  }

  async function ask(slot: Slot): Promise<Held> {
    const askedAt = now();
    const { clientId } = client;
    count(clientId, { token_requests: 1 });
    const outcome = await requestClientToken(config, client, slot.scopes);
    if (outcome.kind === 'refused') {
      slot.failures += 1;
      slot.reason = 'machine_client_refused';
      rest(slot, restAfterRefusal(random));
      log('error', 'machine_client_refused', { client: clientId, error: outcome.error });
      throw new AppError(slot.reason, outcome.error);
    }
    if (outcome.kind === 'unavailable') {
      slot.failures += 1;
      slot.reason = 'machine_token_unavailable';
      const wait = backOff(slot.failures, outcome.retryAfter, random);
      rest(slot, wait);
      const { reason } = outcome;
      log('warn', 'machine_token_unavailable', { client: clientId, reason, rest_ms: Math.round(wait) });
      throw new AppError(slot.reason, reason);
    }
    count(clientId, { tokens_issued: 1 });
    slot.failures = 0;
    const life = lifetimeOf(outcome.expiresIn);
    // Counted from before the request was sent: the token is younger than that, and never older.
    const held = { token: outcome.accessToken, renewAt: askedAt + life * RENEW_AT, endsAt: askedAt + life };
    slot.held = held;
    return held;
  }

  /** Joins the request that is under way, or sends one unless the user pool is to be left alone. */
  async function request(slot: Slot): Promise<Held> {
    if (slot.request) return await slot.request;
    if (now() < slot.restUntil) throw new AppError(slot.reason, 'resting');
    slot.request = ask(slot).finally(() => {
      slot.request = undefined;
    });
    return await slot.request;
  }

  async function tokenOf(slot: Slot): Promise<string> {
    const { held } = slot;
    const at = now();
    if (held && at < held.endsAt) {
      // What fails is in the log, and the token that is held is good.
      if (at >= held.renewAt) void request(slot).catch(() => {});
      count(client.clientId, { calls: 1, cache_hits: 1 });
      return held.token;
    }
    const joins = slot.request !== undefined;
    try {
      const { token } = await request(slot);
      count(client.clientId, { calls: 1, cache_hits: joins ? 1 : 0 });
      return token;
    } catch (error) {
      count(client.clientId, { calls: 1, failures: 1 });
      throw error;
    }
  }

  return {
    token: (scopes) => tokenOf(slotOf(scopes)),
    drop(scopes, token) {
      const slot = slotOf(scopes);
      if (slot.held?.token !== token) return true;
      if (now() < Math.max(slot.keepUntil, slot.restUntil)) return false;
      slot.keepUntil = now() + DROP_EVERY_MS;
      slot.held = undefined;
      return true;
    },
  };
}
