import type { AccessTokenClaims } from '../cognito/claims.ts';
import type { Config } from '../config.ts';
import { type Database, database } from '../data/database.ts';
import type { SessionRow } from '../data/tables.ts';
import type { SessionCookie } from './cookie-contents.ts';
import { insertEvents } from './security-events.ts';
import type { Visitor } from './visitor.ts';

/** More than anybody has, and no more than a page can show. */
export const MOST_SESSIONS = 200;

type Owner = Pick<AccessTokenClaims, 'sub' | 'username' | 'client_id' | 'origin_jti'>;
type Identity = Pick<SessionCookie, 'sessionId' | 'openedAt'>;

/**
 * When a session ends by itself: after its whole lifetime, or its idle lifetime after it was last used. All in seconds
 * since the epoch.
 */
export const expiryOf = (config: Config, openedAt: number, seenAt: number): number =>
  Math.min(openedAt + config.sessionLifetime, seenAt + config.idleLifetime);

/** The row of a session that stands. Nothing of it is a token, or lets anyone in. */
export const sessionRow = (
  config: Config,
  { sessionId, openedAt }: Identity,
  access: Owner,
  visitor: Visitor,
  signedInBy: string,
): SessionRow => ({
  id: sessionId,
  sub: access.sub,
  username: access.username ?? access.sub,
  client_id: access.client_id,
  origin_jti: access.origin_jti ?? null,
  created_at: openedAt,
  last_seen_at: openedAt,
  expires_at: expiryOf(config, openedAt, openedAt),
  browser: visitor.browser,
  system: visitor.system,
  address: visitor.address,
  signed_in_by: signedInBy,
  ended_at: null,
  ended_by: null,
});

/** The row of a session as far as its own sealed cookie tells, for one that ends now. */
export const rowOfCookie = (config: Config, session: SessionCookie, visitor: Visitor): SessionRow => {
  const sub = String(session.claims.sub);
  const username = String(session.claims['cognito:username'] ?? sub);
  const access = { sub, username, client_id: config.clientId };
  return sessionRow(config, session, access, visitor, 'user pool');
};

/**
 * Records a session that begins, and the sign-in as a security event.
 * @throws AppError `database_unavailable`; neither is recorded then
 */
export const recordSession = (row: SessionRow, db: Database = database()): Promise<void> =>
  db.use((tables) =>
    tables.transaction().execute(async (transaction) => {
      await transaction.insertInto('sessions').values(row).execute();
      const event = { sub: row.sub, kind: 'signed in', sessionId: row.id, detail: row.signed_in_by } as const;
      await insertEvents(transaction, [event], row, row.created_at);
    }),
  );

/**
 * @param now seconds since the epoch
 * @returns the sessions of a person that stand, {@link MOST_SESSIONS} at most, the one that was seen last first
 * @throws AppError `database_unavailable`
 */
export const listSessions = (
  sub: string,
  now = Math.floor(Date.now() / 1_000),
  db: Database = database(),
): Promise<SessionRow[]> =>
  db.use((tables) =>
    tables
      .selectFrom('sessions')
      .selectAll()
      .where('sub', '=', sub)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .orderBy('last_seen_at', 'desc')
      .orderBy('id')
      .limit(MOST_SESSIONS)
      .execute(),
  );
