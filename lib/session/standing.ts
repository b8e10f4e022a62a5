import type { CompiledQuery, Kysely } from 'kysely';
import { BoundedMap } from '../bounded-map.ts';
import type { AccessTokenClaims } from '../cognito/claims.ts';
import type { Config } from '../config.ts';
import { type Database, database } from '../data/database.ts';
import type { SessionRow, Tables } from '../data/tables.ts';
import { log } from '../log.ts';
import { processWide } from '../process-wide.ts';
import type { LiveSession } from './current.ts';
import { noteSeen, SEEN_EVERY, type Seen } from './last-seen.ts';
import { expiryOf, sessionRow } from './registry.ts';
import type { Visitor } from './visitor.ts';

/** What the registry says; `unknown` while it cannot be asked. */
type Standing = 'stands' | 'ended' | 'unknown';

/** For this long an answer is good, in milliseconds: an end that another instance recorded is known after it. */
const GOOD_FOR_MS = 1_000;
const MOST_ANSWERS = 10_000;

interface Answer {
  standing: Promise<Standing>;
  askedAt: number;
  /** What has ended stays so, also while the database cannot be asked. */
  ended: boolean;
}

/** Of each database, because tests have several in one process. One that is forgotten is asked for again. */
function answersOf(db: Database): BoundedMap<string, Answer> {
  const all = processWide('standings', () => new WeakMap<Database, BoundedMap<string, Answer>>());
  const answers = all.get(db) ?? new BoundedMap<string, Answer>(MOST_ANSWERS);
  all.set(db, answers);
  return answers;
}

/** Asks at most once a second for the same thing, however many requests want to know, also by a clock that was put back. */
async function remembered(
  db: Database,
  key: string,
  now: number,
  ask: () => Promise<boolean>,
): Promise<Standing> {
  const answers = answersOf(db);
  const known = answers.get(key);
  if (known?.ended || (known && Math.abs(now - known.askedAt) < GOOD_FOR_MS)) return await known.standing;
  const standing = ask().then(
    (yes): Standing => (yes ? 'stands' : 'ended'),
    (): Standing => {
      log('warn', 'session_unconfirmed', { reason: 'database' });
      return 'unknown';
    },
  );
  const answer: Answer = { standing, askedAt: now, ended: false };
  answers.set(key, answer);
  // A session that was ended here while the question was out has ended, whatever the answer.
  answer.ended ||= (await standing) === 'ended';
  return answer.ended ? 'ended' : await standing;
}

/** Notes in this process that sessions have ended, also where it could not be recorded. */
export function noteEnded(sessionIds: readonly string[], db: Database = database()): void {
  const answers = answersOf(db);
  for (const id of sessionIds) {
    const known = answers.get(id);
    if (known) known.ended = true;
    answers.set(id, { standing: Promise.resolve('ended'), askedAt: 0, ended: true });
  }
}

async function signedOutAt(db: Database, sub: string): Promise<number> {
  const row = await db.use((tables) =>
    tables
      .selectFrom('signed_out_everywhere')
      .select('signed_out_at')
      .where('sub', '=', sub)
      .executeTakeFirst(),
  );
  return row?.signed_out_at ?? Number.NEGATIVE_INFINITY;
}

type Found = Pick<SessionRow, 'sub' | 'ended_at' | 'last_seen_at'>;

const findById = (tables: Kysely<Tables>): CompiledQuery<Found> =>
  tables.selectFrom('sessions').select(['sub', 'ended_at', 'last_seen_at']).where('id', '=', '').compile();

/** Nearly every page asks this, and to put the query into words costs more than to run it. */
const worded = new WeakMap<Kysely<Tables>, CompiledQuery<Found>>();

const find = (db: Database, id: string) =>
  db.use(async (tables) => {
    const query = worded.get(tables) ?? findById(tables);
    worded.set(tables, query);
    const { rows } = await tables.executeQuery<Found>({ ...query, parameters: [id] });
    return rows[0];
  });

/**
 * A session that the registry has never heard of comes from before it, or from before its database was lost. It is
 * sealed and verified, so it is entered rather than ended, unless the person was signed out everywhere since. That is
 * looked up once more when the row is there: whoever signs out meanwhile says so first and ends the rows they see then,
 * so that one of the two sees the other.
 */
async function adopt(db: Database, row: SessionRow): Promise<boolean> {
  const signedOut = async () => row.created_at <= (await signedOutAt(db, row.sub));
  if (await signedOut()) return false;
  log('info', 'session_adopted', { session: row.id });
  await db.use((tables) =>
    tables
      .insertInto('sessions')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute(),
  );
  if (await signedOut())
    await db.use((tables) =>
      tables
        .updateTable('sessions')
        .set({ ended_at: row.last_seen_at, ended_by: 'everywhere' })
        .where('id', '=', row.id)
        .where('ended_at', 'is', null)
        .execute(),
    );
  return (await find(db, row.id))?.ended_at === null;
}

/** @param entry makes the row of a session that the registry has not heard of */
async function stands(
  db: Database,
  sub: string,
  seen: Seen,
  entry: () => Promise<SessionRow>,
): Promise<boolean> {
  const found = await find(db, seen.id);
  if (!found) return await adopt(db, { ...(await entry()), ...seen });
  if (found.ended_at !== null || found.sub !== sub) return false;
  if (found.last_seen_at <= seen.last_seen_at - SEEN_EVERY) noteSeen(seen, db);
  return true;
}

/**
 * Whether a verified session still stands: an answer at most a second old. Has it recorded besides when it was last seen.
 * @param visitor is asked for only when the registry has not heard of the session
 * @param now milliseconds since the epoch
 */
export function sessionStanding(
  config: Config,
  { session, access }: LiveSession,
  visitor: () => Visitor | Promise<Visitor>,
  now = Date.now(),
  db: Database = database(),
): Promise<Standing> {
  return remembered(db, session.sessionId, now, () => {
    const seenAt = Math.floor(now / 1_000);
    const expiresAt = expiryOf(config, session.openedAt, seenAt);
    const seen = { id: session.sessionId, last_seen_at: seenAt, expires_at: expiresAt };
    return stands(db, access.sub, seen, async () =>
      sessionRow(config, session, access, await visitor(), 'user pool'),
    );
  });
}

/**
 * Whether a verified token still counts: not when its session has ended (`origin_jti`), nor when its person was
 * signed out everywhere after they signed in (`auth_time`, which a refresh does not renew).
 * @param now milliseconds since the epoch
 */
export function tokenStanding(
  token: Pick<AccessTokenClaims, 'sub' | 'origin_jti' | 'auth_time' | 'iat'>,
  now = Date.now(),
  db: Database = database(),
): Promise<Standing> {
  const { sub, origin_jti: origin = '', auth_time: signedInAt = token.iat } = token;
  return remembered(db, `${sub} ${signedInAt} ${origin}`, now, async () => {
    const ended = await db.use((tables) =>
      tables
        .selectFrom('sessions')
        .select('id')
        .where('origin_jti', '=', origin)
        .where('ended_at', 'is not', null)
        .limit(1)
        .executeTakeFirst(),
    );
    return !ended && signedInAt > (await signedOutAt(db, sub));
  });
}
