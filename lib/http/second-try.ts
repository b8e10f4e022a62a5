import { DEADLINE_MS } from './deadline-fetch.ts';

/** In milliseconds. Drawn at random, so that instances that failed together do not come back together. */
const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 400;

const pause = (): Promise<void> =>
  new Promise((resolve) =>
    setTimeout(resolve, SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS)),
  );

/**
 * Reads something, and once more after a pause of 100 to 400 milliseconds when that failed. For what changes nothing:
 * a grant that was lost on its way back has already been spent.
 * @param read is given the signal that ends both tries 5,000 milliseconds after the first began
 * @throws what the last try threw
 */
export async function withSecondTry<T>(read: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  try {
    return await read(signal);
  } catch (error) {
    if (signal.aborted) throw error;
    await pause();
    return await read(signal);
  }
}
