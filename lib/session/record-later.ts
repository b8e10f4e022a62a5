import { log } from '../log.ts';
import { processWide } from '../process-wide.ts';

/** Between two tries, in milliseconds. */
const EVERY_MS = 5_000;
/** More sign-outs than anybody makes during an outage, and a few megabytes. */
const MOST_WAITING = 10_000;

interface Waiting {
  records: Map<string, () => Promise<void>>;
  timer: NodeJS.Timeout | undefined;
}

const waiting = (): Waiting => processWide('record-later', () => ({ records: new Map(), timer: undefined }));

async function tryAll(): Promise<void> {
  const { records } = waiting();
  for (const [session, record] of records) {
    try {
      await record();
    } catch {
      return;
    }
    records.delete(session);
    log('info', 'sign_out_recorded_late', { session });
  }
}

function schedule(): void {
  const state = waiting();
  if (state.timer || state.records.size === 0) return;
  state.timer = setTimeout(() => {
    void tryAll().finally(() => {
      state.timer = undefined;
      schedule();
    });
  }, EVERY_MS);
  state.timer.unref();
}

/**
 * Records the end of a session once the database answers again, for as long as this process lives.
 * @param record throws while it cannot be done
 */
export function recordLater(session: string, record: () => Promise<void>): void {
  const { records } = waiting();
  if (records.size < MOST_WAITING) records.set(session, record);
  schedule();
}
