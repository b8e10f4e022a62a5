import type { TokenUsageRow } from '../data/tables.ts';
import { WriteBehind } from '../data/write-behind.ts';
import { log } from '../log.ts';
import { dayOf } from './usage-day.ts';

export type TokenCounts = Omit<TokenUsageRow, 'client_id' | 'day' | 'process'>;

/** Far more than a process has app clients and days. */
const MOST_ROWS = 10_000;

const nothing: TokenCounts = { calls: 0, cache_hits: 0, token_requests: 0, tokens_issued: 0, failures: 0 };

/**
 * Counts what app clients ask tokens for, by UTC day. The sums of this process are written as its own row, whole: to
 * write one once more changes nothing, so that nothing is counted twice when an answer of the database was lost.
 */
export class TokenUsage {
  readonly #process = crypto.randomUUID();
  /** Kept for good, a row a day: a clock that is put back goes on counting where it was. */
  readonly #rows = new Map<string, TokenUsageRow>();
  readonly #unwritten: WriteBehind<TokenUsageRow>;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(store: (rows: TokenUsageRow[]) => Promise<void>, now: () => number = Date.now) {
    const failed = (rows: number) => log('warn', 'token_usage_unwritten', { rows });
    const storeCopies = (rows: TokenUsageRow[]) => store(rows.map((row) => ({ ...row })));
    this.#unwritten = new WriteBehind(storeCopies, failed, MOST_ROWS);
    this.#now = now;
  }

  add(clientId: string, counts: Partial<TokenCounts>): void {
    const row = this.#rowOf(clientId);
    for (const name of Object.keys(counts) as (keyof TokenCounts)[]) row[name] += counts[name] ?? 0;
    this.#unwritten.put(`${row.day} ${clientId}`, row);
  }

  /**
   * Writes what has been counted until now.
   * @throws AppError `database_unavailable`; nothing is lost, and it is tried again in time
   */
  write(): Promise<void> {
    return this.#unwritten.write();
  }

  #rowOf(clientId: string): TokenUsageRow {
    const day = dayOf(this.#now());
    const key = `${day} ${clientId}`;
    const known = this.#rows.get(key);
    if (known) return known;
    const row = { client_id: clientId, day, process: this.#process, ...nothing };
    this.#rows.set(key, row);
    return row;
  }
}
