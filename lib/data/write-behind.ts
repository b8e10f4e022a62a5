/** How long a row waits for others, in milliseconds. */
const WRITE_EVERY_MS = 5_000;

/**
 * Rows that nobody waits for, written together a few seconds after they were made. What could not be written is tried
 * again in time, for as long as the process lives.
 */
export class WriteBehind<Row> {
  readonly #waiting = new Map<string, Row>();
  readonly #store: (rows: Row[]) => Promise<void>;
  readonly #failed: (waiting: number) => void;
  readonly #most: number;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  /**
   * @param store throws when it has to be called again with the same rows, which must change nothing
   * @param failed hears of a try in time that failed, and how many rows wait then
   * @param most rows wait at the most; the next ones are lost
   */
  constructor(store: (rows: Row[]) => Promise<void>, failed: (waiting: number) => void, most: number) {
    this.#store = store;
    this.#failed = failed;
    this.#most = most;
  }

  /** @param key of a row that may still wait; this one takes its place */
  put(key: string, row: Row): void {
    if (this.#waiting.size < this.#most || this.#waiting.has(key)) this.#waiting.set(key, row);
    this.#schedule();
  }

  /**
   * Writes what waits.
   * @throws what `store` throws; nothing is lost then
   */
  async write(): Promise<void> {
    while (this.#writing) await this.#writing.catch(() => {});
    if (this.#waiting.size === 0) return;
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    const rows = [...this.#waiting];
    this.#waiting.clear();
    try {
      await this.#store(rows.map(([, row]) => row));
    } catch (error) {
      for (const [key, row] of rows) if (!this.#waiting.has(key)) this.#waiting.set(key, row);
      throw error;
    }
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      void this.write()
        .catch(() => this.#failed(this.#waiting.size))
        .finally(() => {
          this.#timer = undefined;
          if (this.#waiting.size > 0) this.#schedule();
        });
    }, WRITE_EVERY_MS).unref();
  }
}
