import type { TokenUsageRow } from '../data/tables.ts';
import { log } from '../log.ts';
import { dayOf } from './usage-day.ts';

export type TokenCounts = Omit<TokenUsageRow, 'client_id' | 'day' | 'process'>;

/** How often at the most the counts are written, in milliseconds. */
const WRITE_EVERY_MS = 5_000;

const nothing: TokenCounts = { calls: 0, cache_hits: 0, token_requests: 0, tokens_issued: 0, failures: 0 };

/**
 * Counts what app clients ask tokens for, by UTC day. The sums of this process are written as its own row, whole: to
 * write one once more changes nothing, so that nothing is counted twice when an answer of the database was lost.
 */
export class TokenUsage {
  readonly #process = crypto.randomUUID();
  /** Kept for good, a row a day: a clock that is put back goes on counting where it was. */
  readonly #rows = new Map<string, TokenUsageRow>();
  readonly #unwritten = new Set<TokenUsageRow>();
  readonly #store: (rows: TokenUsageRow[]) => Promise<void>;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  /** @param now milliseconds since the epoch */
  constructor(store: (rows: TokenUsageRow[]) => Promise<void>, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
  }

  add(clientId: string, counts: Partial<TokenCounts>): void {
    const row = this.#rowOf(clientId);
    for (const name of Object.keys(counts) as (keyof TokenCounts)[]) row[name] += counts[name] ?? 0;
    this.#unwritten.add(row);
    this.#timer ??= setTimeout(() => this.#writeInTime(), WRITE_EVERY_MS).unref();
  }

  /**
   * Writes what has been counted until now.
   * @throws AppError `database_unavailable`; nothing is lost, and it is tried again in time
   */
  async write(): Promise<void> {
    while (this.#writing) await this.#writing.catch(() => {});
    if (this.#unwritten.size === 0) return;
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
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

  async #writeAll(): Promise<void> {
    const rows = [...this.#unwritten];
    this.#unwritten.clear();
    try {
      await this.#store(rows.map((row) => ({ ...row })));
    } catch (error) {
      for (const row of rows) this.#unwritten.add(row);
      throw error;
    }
  }

  #writeInTime(): void {
    void this.write()
      .catch(() => log('warn', 'token_usage_unwritten', { rows: this.#unwritten.size }))
      .finally(() => {
        this.#timer = undefined;
        if (this.#unwritten.size > 0)
          this.#timer = setTimeout(() => this.#writeInTime(), WRITE_EVERY_MS).unref();
      });
  }
}
