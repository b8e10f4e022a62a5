import type { LocalPool } from '../local-pool.ts';

/** What every handler of the hosted pages is given. */
export interface HostedUi {
  pool: LocalPool;
  /** Signs request tokens and page data. New at each start: a form left open across a restart must start again. */
  key: Uint8Array;
}
