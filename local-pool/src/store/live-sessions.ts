import type { StoreContext } from './database.ts';

/** Who is signed in, in the words that a person knows them by. */
interface Signed {
  username: string;
  email?: string;
  /** Milliseconds since the epoch. */
  since: number;
  until: number;
}

/** A sign-in at an app client whose refresh token is still good. */
export interface LiveSignIn extends Signed {
  clientId: string;
  /** Whether it began at the hosted pages rather than at the API. */
  hosted: boolean;
  /** The name of its device, or its key where it has none; absent where none is tracked. */
  device?: string;
}

/** A browser that is signed in at the hosted pages. */
export interface LiveBrowser extends Signed {
  identityProvider: string;
}

/** The sign-ins of a pool that still stand, newest first. */
export function listLiveSignIns(
  { store, clock }: StoreContext,
  userPoolId: string,
  limit: number,
): LiveSignIn[] {
  // The plus keeps SQLite from an index that would have it read and sort every sign-in of the pool.
  return store
    .sql(
      `SELECT client_id, hosted, username, json_extract(attributes, '$.email') AS email, auth_time,
         expires_at, device_key, devices.name AS device_name
       FROM token_families AS family JOIN users USING (user_pool_id, sub)
         LEFT JOIN devices USING (user_pool_id, sub, device_key)
       WHERE +user_pool_id = ? AND revoked = 0 AND +expires_at > ? ORDER BY family.rowid DESC LIMIT ?`,
    )
    .all(userPoolId, clock.now(), limit)
    .map((row) => ({
      ...toSigned(row),
      clientId: String(row.client_id),
      hosted: row.hosted === 1,
      ...(row.device_key !== null && { device: String(row.device_name ?? row.device_key) }),
    }));
}

/** The browsers that are signed in at a pool's hosted pages, newest first. */
export function listLiveBrowsers(
  { store, clock }: StoreContext,
  userPoolId: string,
  limit: number,
): LiveBrowser[] {
  return store
    .sql(
      `SELECT username, json_extract(attributes, '$.email') AS email, auth_time, expires_at, identity_provider
       FROM hosted_sessions JOIN users USING (user_pool_id, sub)
       WHERE user_pool_id = ? AND expires_at > ? ORDER BY auth_time DESC LIMIT ?`,
    )
    .all(userPoolId, clock.now(), limit)
    .map((row) => ({ ...toSigned(row), identityProvider: String(row.identity_provider) }));
}

function toSigned(row: Record<string, unknown>): Signed {
  return {
    username: String(row.username),
    ...(row.email !== null && { email: String(row.email) }),
    since: Number(row.auth_time),
    until: Number(row.expires_at),
  };
}
