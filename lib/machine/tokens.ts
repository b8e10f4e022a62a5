import { BoundedMap } from '../bounded-map.ts';
import type { Config, ServiceClient } from '../config.ts';
import { type Count, TokenSlot } from './token-slot.ts';

/** Sets of scopes are written down in code and configuration; nobody has so many. */
const MOST_SCOPE_SETS = 100;

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
  const slots = new BoundedMap<string, TokenSlot>(MOST_SCOPE_SETS);

  function slotOf(asked: readonly string[]): TokenSlot {
    const scopes = [...new Set(asked)].sort();
    const key = scopes.join(' ');
    const known = slots.get(key);
    if (known) return known;
    const slot = new TokenSlot(scopes, { config, client, count, now, random });
    slots.set(key, slot);
    return slot;
  }

  return {
    token: (scopes) => slotOf(scopes).token(),
    drop: (scopes, token) => slotOf(scopes).drop(token),
  };
}
