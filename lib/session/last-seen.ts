import { setImmediate } from 'node:timers/promises';
import { type Database, database } from '../data/database.ts';
import type { SessionRow } from '../data/tables.ts';
import { WriteBehind } from '../data/write-behind.ts';
import { log } from '../log.ts';
import { processWide } from '../process-wide.ts';

/** How exactly it is kept when a session was last seen, in seconds. */
export const SEEN_EVERY = 60;

/** So many are written before a request gets its turn. */
const AT_ONCE = 25;
const MOST_WAITING = 10_000;

export type Seen = Pick<SessionRow, 'id' | 'last_seen_at' | 'expires_at'>;

async function store(db: Database, rows: Seen[]): Promise<void> {
  for (let begin = 0; begin < rows.length; begin += AT_ONCE) {
    await db.writeEach(rows.slice(begin, begin + AT_ONCE), async (tables, { id, ...seen }) => {
      await tables
        .updateTable('sessions')
        .set(seen)
        .where('id', '=', id)
        .where('last_seen_at', '<=', seen.last_seen_at - SEEN_EVERY)
        .execute();
    });
    await setImmediate();
  }
}

/** Of each database, because tests have several in one process. */
function waiting(db: Database): WriteBehind<Seen> {
  const all = processWide('last-seen', () => new WeakMap<Database, WriteBehind<Seen>>());
  const failed = (sessions: number) => log('warn', 'last_seen_unwritten', { sessions });
  const own = all.get(db) ?? new WriteBehind<Seen>((rows) => store(db, rows), failed, MOST_WAITING);
  all.set(db, own);
  return own;
}

/** Has it recorded within seconds that a session was seen. No page waits for it. */
export const noteSeen = (seen: Seen, db: Database = database()): void => waiting(db).put(seen.id, seen);

/**
 * Records at once what {@link noteSeen} heard.
 * @throws AppError `database_unavailable`; nothing is lost then
 */
export const writeSeen = (db: Database = database()): Promise<void> => waiting(db).write();
