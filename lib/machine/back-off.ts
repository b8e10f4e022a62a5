const SHORTEST_MS = 1_000;
/** After a refusal as well: what an operator has mended should work within a minute. */
const LONGEST_MS = 60_000;
/** A server may ask for more, and is believed up to here: by mistake it could ask for a year. */
const LONGEST_ASKED_FOR_MS = 300_000;

/** Instances that failed together must not come back together. */
const jittered = (wait: number, random: () => number): number => (wait * (1 + random())) / 2;

/**
 * How long to leave a user pool alone after failures in a row: twice as long each time, up to a minute, and somewhere
 * between half and whole of that; or as long as it asked for, up to five minutes.
 * @param failures one or more
 * @param asked milliseconds of a `Retry-After`
 * @param random from 0 to 1
 * @returns milliseconds
 */
export function backOff(failures: number, asked: number | undefined, random: () => number): number {
  const wait = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** (failures - 1));
  return Math.max(jittered(wait, random), Math.min(asked ?? 0, LONGEST_ASKED_FOR_MS));
}

/** How long to leave it alone after a refusal, which only an operator can mend. @returns milliseconds */
export const restAfterRefusal = (random: () => number): number => jittered(LONGEST_MS, random);
