import { randomBytes } from 'node:crypto';
import type { AuthenticationMethod } from '../model/authentication-methods.ts';
import { methodsText, readMethods } from './authentication-methods.ts';
import type { StoreContext } from './database.ts';
import { digest } from './digest.ts';

/** A browser that is signed in at the hosted pages, for all app clients of the pool. */
export interface HostedSession {
  userPoolId: string;
  sub: string;
  /** Milliseconds since the epoch: the interactive sign-in. */
  authTime: number;
  expiresAt: number;
  /** The identity provider that it began with; `COGNITO` for the pool's own users. */
  identityProvider: string;
  /** How the person signed in; empty where that is not known. */
  methods: AuthenticationMethod[];
}

/** One hour from sign-in, not extended by use (Cognito: Managed login session cookie). */
const LIFETIME_MS = 60 * 60 * 1000;

/**
 * Opens a hosted session.
 * @returns the value of its cookie, which is kept only as a hash
 */
export function createHostedSession(
  { store, clock }: StoreContext,
  userPoolId: string,
  sub: string,
  { identityProvider, methods }: Pick<HostedSession, 'identityProvider' | 'methods'>,
): string {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  store.sql('DELETE FROM hosted_sessions WHERE expires_at <= ?').run(now);
  store
    .sql('INSERT INTO hosted_sessions VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(digest(token), userPoolId, sub, now, now + LIFETIME_MS, identityProvider, methodsText(methods));
  return token;
}

/** The hosted session of a cookie's value, unless it has expired or belongs to another pool. */
export function findHostedSession(
  { store, clock }: StoreContext,
  userPoolId: string,
  token: string,
): HostedSession | undefined {
  const row = store
    .sql('SELECT * FROM hosted_sessions WHERE token_hash = ? AND user_pool_id = ? AND expires_at > ?')
    .get(digest(token), userPoolId, clock.now());
  if (!row) return undefined;
  return {
    userPoolId,
    sub: String(row.sub),
    authTime: Number(row.auth_time),
    expiresAt: Number(row.expires_at),
    identityProvider: String(row.identity_provider),
    methods: readMethods(row.methods),
  };
}

/** Ends every hosted session of a user. */
export function deleteHostedSessionsOfUser({ store }: StoreContext, userPoolId: string, sub: string): void {
  store.sql('DELETE FROM hosted_sessions WHERE user_pool_id = ? AND sub = ?').run(userPoolId, sub);
}

export function deleteHostedSession({ store }: StoreContext, userPoolId: string, token: string): void {
  store
    .sql('DELETE FROM hosted_sessions WHERE token_hash = ? AND user_pool_id = ?')
    .run(digest(token), userPoolId);
}
