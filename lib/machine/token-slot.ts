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

/** Counts for one app client; see `TokenUsageRow`. */
export type Count = (clientId: string, counts: Partial<TokenCounts>) => void;

/** What the slots of one app client have in common. */
interface Shared {
  readonly config: Config;
  readonly client: ServiceClient;
  readonly count: Count;
  /** Milliseconds from any moment. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}

interface Held {
  readonly token: string;
  /** By the clock of the tokens. */
  readonly renewAt: number;
  readonly endsAt: number;
}

/** The token of one app client for one set of scopes, and what is known of how it can be had. */
export class TokenSlot {
  readonly #scopes: readonly string[];
  readonly #shared: Shared;
  #held: Held | undefined;
  /** The token request that is under way. */
  #underWay: Promise<Held> | undefined;
  /** Token requests in a row that brought no token. */
  #failures = 0;
  /** Until then the user pool is left alone. */
  #restUntil = Number.NEGATIVE_INFINITY;
  #reason: 'machine_client_refused' | 'machine_token_unavailable' = 'machine_token_unavailable';
  /** Until then a refused token is not taken for a reason to ask for another. */
  #keepUntil = Number.NEGATIVE_INFINITY;

  constructor(scopes: readonly string[], shared: Shared) {
    this.#scopes = scopes;
    this.#shared = shared;
  }

  /** @throws AppError `machine_client_refused`, `machine_token_unavailable` */
  async token(): Promise<string> {
    const held = this.#held;
    const at = this.#shared.now();
    if (held && at < held.endsAt) {
      // What fails is in the log, and the token that is held is good.
      if (at >= held.renewAt) void this.#request().catch(() => {});
      this.#count({ calls: 1, cache_hits: 1 });
      return held.token;
    }
    const joins = this.#underWay !== undefined;
    try {
      const { token } = await this.#request();
      this.#count({ calls: 1, cache_hits: joins ? 1 : 0 });
      return token;
    } catch (error) {
      this.#count({ calls: 1, failures: 1 });
      throw error;
    }
  }

  /** @returns whether another token than this may be had now */
  drop(token: string): boolean {
    if (this.#held?.token !== token) return true;
    const now = this.#shared.now();
    if (now < Math.max(this.#keepUntil, this.#restUntil)) return false;
    this.#keepUntil = now + DROP_EVERY_MS;
    this.#held = undefined;
    return true;
  }

  /** Joins the request that is under way, or sends one unless the user pool is to be left alone. */
  async #request(): Promise<Held> {
    if (this.#underWay) return await this.#underWay;
    if (this.#shared.now() < this.#restUntil) throw new AppError(this.#reason, 'resting');
    this.#underWay = this.#ask().finally(() => {
      this.#underWay = undefined;
    });
    return await this.#underWay;
  }

  async #ask(): Promise<Held> {
    const { config, client, now } = this.#shared;
    const askedAt = now();
    this.#count({ token_requests: 1 });
    const outcome = await requestClientToken(config, client, this.#scopes);
    if (outcome.kind === 'refused') throw this.#refused(outcome.error);
    if (outcome.kind === 'unavailable') throw this.#unavailable(outcome.reason, outcome.retryAfter);
    this.#count({ tokens_issued: 1 });
    this.#failures = 0;
    const life = lifetimeOf(outcome.expiresIn);
    // Counted from before the request was sent: the token is younger than that, and never older.
    this.#held = { token: outcome.accessToken, renewAt: askedAt + life * RENEW_AT, endsAt: askedAt + life };
    return this.#held;
  }

  #refused(error: string): AppError {
    const { client, now, random } = this.#shared;
    this.#failures += 1;
    this.#reason = 'machine_client_refused';
    this.#restUntil = now() + restAfterRefusal(random);
    log('error', 'machine_client_refused', { client: client.clientId, error });
    return new AppError(this.#reason, error);
  }

  /** @param retryAfter milliseconds */
  #unavailable(reason: string, retryAfter: number | undefined): AppError {
    const { client, now, random } = this.#shared;
    this.#failures += 1;
    this.#reason = 'machine_token_unavailable';
    const wait = backOff(this.#failures, retryAfter, random);
    this.#restUntil = now() + wait;
    log('warn', 'machine_token_unavailable', { client: client.clientId, reason, rest_ms: Math.round(wait) });
    return new AppError(this.#reason, reason);
  }

  #count(counts: Partial<TokenCounts>): void {
    this.#shared.count(this.#shared.client.clientId, counts);
  }
}
