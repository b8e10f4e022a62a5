import type { LocalPool } from '../local-pool.ts';

/** What every handler of the hosted pages is given. */
export interface HostedUi {
  pool: LocalPool;
  /** Signs request tokens and page data. Kept in the store, so that a form left open over a restart stays good. */
  key: Uint8Array;
}
