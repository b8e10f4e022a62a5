import type { User, UserStatus } from '../model/user.ts';
import type { StoreContext } from './database.ts';

/** A name that another user of the pool already signs in with. */
export class NameTakenError extends Error {
  readonly takenName: string;
  constructor(takenName: string) {
    super('The name is taken.');
    this.name = 'NameTakenError';
    this.takenName = takenName;
  }
}

/**
 * Writes a new user with the names that find them.
 * @param names normalised (model/user-names.ts).
 * @throws NameTakenError; nothing is written then.
 */
export function insertUser({ store }: StoreContext, user: User, names: string[]): void {
  store.transaction(() => {
    store
      .sql('INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        user.userPoolId,
        user.sub,
        user.username,
        user.status,
        user.enabled ? 1 : 0,
        JSON.stringify(user.attributes),
        user.srpSalt,
        user.srpVerifier,
        user.createdAt,
        user.modifiedAt,
      );
    writeNames({ store }, user, names);
  });
}

/**
 * Replaces what may change of a user, and their names.
 * @throws NameTakenError; nothing is written then.
 */
export function updateUser({ store, clock }: StoreContext, user: User, names: string[]): void {
  store.transaction(() => {
    store
      .sql(
        `UPDATE users SET status = ?, enabled = ?, attributes = ?, srp_salt = ?, srp_verifier = ?, modified_at = ?
         WHERE user_pool_id = ? AND sub = ?`,
      )
      .run(
        user.status,
        user.enabled ? 1 : 0,
        JSON.stringify(user.attributes),
        user.srpSalt,
        user.srpVerifier,
        clock.now(),
        user.userPoolId,
        user.sub,
      );
    store.sql('DELETE FROM user_names WHERE user_pool_id = ? AND sub = ?').run(user.userPoolId, user.sub);
    writeNames({ store }, user, names);
  });
}

export function findUser({ store }: StoreContext, userPoolId: string, sub: string): User | undefined {
  return toUser(store.sql('SELECT * FROM users WHERE user_pool_id = ? AND sub = ?').get(userPoolId, sub));
}

/** Finds a user by any of their names. @param name normalised (model/user-names.ts). */
export function findUserByName({ store }: StoreContext, userPoolId: string, name: string): User | undefined {
  return toUser(
    store
      .sql(
        'SELECT users.* FROM user_names JOIN users USING (user_pool_id, sub) WHERE user_pool_id = ? AND name = ?',
      )
      .get(userPoolId, name),
  );
}

function writeNames({ store }: Pick<StoreContext, 'store'>, user: User, names: string[]): void {
  const insert = store.sql('INSERT INTO user_names VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  for (const name of new Set(names))
    if (insert.run(user.userPoolId, name, user.sub).changes === 0) throw new NameTakenError(name);
}

function toUser(row: Record<string, unknown> | undefined): User | undefined {
  if (!row) return undefined;
  return {
    sub: String(row.sub),
    username: String(row.username),
    userPoolId: String(row.user_pool_id),
    status: row.status as UserStatus,
    enabled: row.enabled === 1,
    attributes: JSON.parse(String(row.attributes)) as Record<string, string>,
    srpSalt: String(row.srp_salt),
    srpVerifier: String(row.srp_verifier),
    createdAt: Number(row.created_at),
    modifiedAt: Number(row.modified_at),
  };
}
