import type { Kysely } from 'kysely';
import { type Database, database } from '../data/database.ts';
import type { SecurityEventKind, SecurityEventRow, Tables } from '../data/tables.ts';
import type { Visitor } from './visitor.ts';

interface NewSecurityEvent {
  sub: string;
  kind: SecurityEventKind;
  sessionId?: string;
  /** A few words on the circumstances; never a token. */
  detail?: string;
}

/**
 * Writes security events within a piece of work on the database, so that they stand or fall with it.
 * @param at seconds since the epoch
 */
export async function insertEvents(
  tables: Kysely<Tables>,
  events: readonly NewSecurityEvent[],
  visitor: Visitor,
  at: number,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ sub, kind, sessionId, detail }) => ({
    id: crypto.randomUUID(),
    sub,
    kind,
    session_id: sessionId ?? null,
    at,
    browser: visitor.browser,
    system: visitor.system,
    address: visitor.address,
    detail: detail ?? null,
  }));
  await tables.insertInto('security_events').values(rows).execute();
}

/**
 * Records one security event by itself.
 * @param at seconds since the epoch
 * @throws AppError `database_unavailable`
 */
export const recordEvent = (
  event: NewSecurityEvent,
  visitor: Visitor,
  at = Math.floor(Date.now() / 1_000),
  db: Database = database(),
): Promise<void> => db.use((tables) => insertEvents(tables, [event], visitor, at));

/**
 * @returns the latest security events of a person's account, the latest first
 * @throws AppError `database_unavailable`
 */
export const recentEvents = (
  sub: string,
  most = 50,
  db: Database = database(),
): Promise<SecurityEventRow[]> =>
  db.use((tables) =>
    tables
      .selectFrom('security_events')
      .selectAll()
      .where('sub', '=', sub)
      .orderBy('at', 'desc')
      .orderBy('id')
      .limit(most)
      .execute(),
  );
