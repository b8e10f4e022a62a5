import { processWide } from '../process-wide.ts';
import { type Database, database } from './database.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** A row outlives its session, so that nothing that is still sealed in a cookie is ever unknown. */
const SESSIONS_KEPT = 30 * DAY;
const EVENTS_KEPT = 180 * DAY;

/**
 * Deletes the rows of sessions that ran out thirty days ago, security events older than a hundred and eighty, forms that
 * nobody came back to within an hour, and after a day what was answered to requests that may be repeated.
 * @param now seconds since the epoch
 * @throws AppError `database_unavailable`
 */
export const prune = (now: number, db: Database = database()): Promise<void> =>
  db.use(async (tables) => {
    await tables
      .deleteFrom('sessions')
      .where('expires_at', '<', now - SESSIONS_KEPT)
      .execute();
    await tables
      .deleteFrom('kept_forms')
      .where('kept_at', '<', now - HOUR)
      .execute();
    await tables
      .deleteFrom('idempotency_keys')
      .where('created_at', '<', now - DAY)
      .execute();
    await tables
      .deleteFrom('security_events')
      .where('at', '<', now - EVENTS_KEPT)
      .execute();
  });

/** Prunes once an hour at the most, behind the back of whoever signs in or writes. @param now seconds since the epoch */
export function pruneNowAndThen(now: number, db: Database = database()): void {
  const last = processWide('pruned', () => ({ at: 0 }));
  if (now - last.at < HOUR) return;
  last.at = now;
  // What fails is in the log, and is tried again in an hour.
  void prune(now, db).catch(() => undefined);
}
