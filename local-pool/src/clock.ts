/** The only source of time in the local pool, so that tests move it instead of sleeping. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/**
 * A clock that stands still until it is moved.
 * @param start milliseconds since the epoch; the present when absent.
 */
export function settableClock(start: number = Date.now()): Clock & { advance(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

/** The clock's time in whole seconds, the unit of JWT dates (RFC 7519 section 2, NumericDate). */
export function secondsNow(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}
