import { randomBytes } from 'node:crypto';
import type { StoreContext } from './database.ts';
import { digest } from './digest.ts';

/** What a challenge's `Session` stands for: it is bound to one client, one person and one challenge. */
export interface AuthSession {
  userPoolId: string;
  clientId: string;
  /** Absent for someone who does not exist, and is not to know. */
  sub?: string;
  challenge: string;
  /** What the answer will need; each challenge knows its own. */
  state: Record<string, unknown>;
}

export interface StoredAuthSession extends AuthSession {
  /** Milliseconds since the epoch. */
  expiresAt: number;
  used: boolean;
}

/** A used or expired session is told apart from an invented one for as long. */
const KEPT_MS = 60 * 60 * 1000;

/**
 * Opens a session and returns its opaque value, kept only as a hash.
 * @param lifetime milliseconds (AuthSessionValidity)
 */
export function createAuthSession(
  { store, clock }: StoreContext,
  session: AuthSession,
  lifetime: number,
): string {
  const value = randomBytes(96).toString('base64');
  const now = clock.now();
  store.transaction(() => {
    store.sql('DELETE FROM auth_sessions WHERE expires_at <= ?').run(now - KEPT_MS);
    store
      .sql('INSERT INTO auth_sessions VALUES (?, ?, ?, ?, ?, ?, ?, 0)')
      .run(
        digest(value),
        session.userPoolId,
        session.clientId,
        session.sub ?? null,
        session.challenge,
        JSON.stringify(session.state),
        now + lifetime,
      );
  });
  return value;
}

export function findAuthSession({ store }: StoreContext, value: string): StoredAuthSession | undefined {
  const row = store.sql('SELECT * FROM auth_sessions WHERE id_hash = ?').get(digest(value));
  if (!row) return undefined;
  return {
    userPoolId: String(row.user_pool_id),
    clientId: String(row.client_id),
    ...(row.sub !== null && { sub: String(row.sub) }),
    challenge: String(row.challenge),
    state: JSON.parse(String(row.state)) as Record<string, unknown>,
    expiresAt: Number(row.expires_at),
    used: row.used === 1,
  };
}

/** Spends a session. @returns false when it was spent before: of parallel answers one wins. */
export function markAuthSessionUsed({ store }: StoreContext, value: string): boolean {
  return (
    store.sql('UPDATE auth_sessions SET used = 1 WHERE id_hash = ? AND used = 0').run(digest(value))
      .changes === 1
  );
}

/** Keeps what a wrong answer changed, such as the number of tries. */
export function updateAuthSessionState(
  { store }: StoreContext,
  value: string,
  state: Record<string, unknown>,
): void {
  store.sql('UPDATE auth_sessions SET state = ? WHERE id_hash = ?').run(JSON.stringify(state), digest(value));
}
