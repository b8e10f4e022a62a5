import { globalSignOut } from '../cognito/global-sign-out.ts';
import type { Config } from '../config.ts';
import { type Database, database } from '../data/database.ts';
import type { EndedBy, SecurityEventKind, SessionRow } from '../data/tables.ts';
import { log } from '../log.ts';
import { insertEvents } from './security-events.ts';
import { noteEnded } from './standing.ts';
import { nobody, type Visitor } from './visitor.ts';

/**
 * The ends of sessions in the registry. Each of these functions holds at once in this process, and within a second in
 * every other; the refresh token of a session that was ended from elsewhere is revoked when its browser comes back.
 */

/** Which sessions of a person are meant: all of them, but for these. */
interface Choice {
  sub: string;
  only?: string;
  except?: string;
}

const seconds = (): number => Math.floor(Date.now() / 1_000);

function kindOf(by: EndedBy): SecurityEventKind {
  if (by === 'this browser') return 'signed out';
  return by === 'refresh refused' ? by : 'session ended';
}

/** @returns the ids of the sessions that ended now; one that had ended before keeps its first reason */
async function end(
  { sub, only, except }: Choice,
  by: EndedBy,
  visitor: Visitor,
  at: number,
  db: Database,
): Promise<string[]> {
  const ids = await db.use((tables) =>
    tables.transaction().execute(async (transaction) => {
      let update = transaction
        .updateTable('sessions')
        .set({ ended_at: at, ended_by: by })
        .where('sub', '=', sub)
        .where('ended_at', 'is', null);
      if (only !== undefined) update = update.where('id', '=', only);
      if (except !== undefined) update = update.where('id', '!=', except);
      const ended = (await update.returning('id').execute()).map(({ id }) => id);
      const kind = kindOf(by);
      await insertEvents(
        transaction,
        ended.map((sessionId) => ({ sub, kind, sessionId, detail: by })),
        visitor,
        at,
      );
      return ended;
    }),
  );
  noteEnded(ids, db);
  for (const session of ids) log('info', 'session_ended', { session, reason: by });
  return ids;
}

/**
 * Ends a session that its own browser gives up. One that was never recorded is entered as ended, so that a copy of its
 * cookie is not taken for a session from before the registry.
 * @param at seconds since the epoch
 * @throws AppError `database_unavailable`; in this process the session has ended even so
 */
export async function endOwnSession(
  row: SessionRow,
  by: Extract<EndedBy, 'this browser' | 'new sign-in'>,
  visitor: Visitor,
  at = seconds(),
  db: Database = database(),
): Promise<void> {
  noteEnded([row.id], db);
  await db.use((tables) =>
    tables
      .insertInto('sessions')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute(),
  );
  await end({ sub: row.sub, only: row.id }, by, visitor, at, db);
}

/**
 * Ends a session whose refresh token the user pool refused. If somebody else has used it, they are out as well.
 * @throws AppError `database_unavailable`
 */
export const endRefusedSession = (
  { sub, sessionId }: { sub: string; sessionId: string },
  visitor: Visitor,
  at = seconds(),
  db: Database = database(),
): Promise<string[]> => end({ sub, only: sessionId }, 'refresh refused', visitor, at, db);

/**
 * Ends one session of a person from another browser of theirs.
 * @returns whether there was such a session and it stood
 * @throws AppError `database_unavailable`
 */
export const endOtherSession = async (
  sub: string,
  id: string,
  visitor: Visitor,
  at = seconds(),
  db: Database = database(),
): Promise<boolean> => (await end({ sub, only: id }, 'another device', visitor, at, db)).length === 1;

/**
 * Ends all sessions of a person but one.
 * @returns how many ended
 * @throws AppError `database_unavailable`
 */
export const endAllOtherSessions = async (
  sub: string,
  exceptId: string,
  visitor: Visitor,
  at = seconds(),
  db: Database = database(),
): Promise<number> => (await end({ sub, except: exceptId }, 'another device', visitor, at, db)).length;

/** What was issued to the person until now counts no more, recorded or not. Never moves back. */
const markSignedOut = (sub: string, at: number, db: Database): Promise<unknown> =>
  db.use((tables) =>
    tables
      .insertInto('signed_out_everywhere')
      .values({ sub, signed_out_at: at })
      .onConflict((conflict) =>
        conflict
          .column('sub')
          .doUpdateSet({ signed_out_at: at })
          .where('signed_out_everywhere.signed_out_at', '<', at),
      )
      .execute(),
  );

/**
 * Ends every session of a person and refuses the access tokens that were issued to them until now. Their refresh tokens
 * are revoked one by one as their browsers come back; those of mobile apps are the user pool's to revoke
 * (AdminUserGlobalSignOut), which this does not do.
 * @returns how many sessions ended
 * @throws AppError `database_unavailable`
 */
export async function endByAdministrator(
  sub: string,
  at = seconds(),
  db: Database = database(),
): Promise<number> {
  await markSignedOut(sub, at, db);
  return (await end({ sub }, 'administrator', nobody, at, db)).length;
}

/**
 * Signs a person out everywhere: GlobalSignOut at the user pool, every session in the registry, and the access tokens
 * that were issued until now. The registry is asked first: when it cannot record the end, nothing has happened.
 * @returns how many sessions ended, and whether the user pool revoked the refresh tokens
 * @throws AppError `database_unavailable`
 */
export async function endEverywhere(
  config: Config,
  { sub, accessToken }: { sub: string; accessToken: string },
  visitor: Visitor,
  at = seconds(),
  db: Database = database(),
): Promise<{ sessions: number; revoked: boolean }> {
  await markSignedOut(sub, at, db);
  const ended = await end({ sub }, 'everywhere', visitor, at, db);
  return { sessions: ended.length, revoked: await globalSignOut(config, accessToken) };
}
