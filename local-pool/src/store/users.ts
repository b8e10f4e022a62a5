import type { User, UserDetails, UserStatus } from '../model/user.ts';
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
      .sql('INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        user.userPoolId,
        user.sub,
        user.username,
        user.status,
        user.enabled ? 1 : 0,
        JSON.stringify(user.attributes),
        user.srpSalt ?? null,
        user.srpVerifier ?? null,
        JSON.stringify(user.details),
        user.createdAt,
        user.modifiedAt,
      );
    writeNames({ store }, user, names);
    writeIdentities({ store }, user);
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
        `UPDATE users SET status = ?, enabled = ?, attributes = ?, srp_salt = ?, srp_verifier = ?,
           details = ?, modified_at = ?
         WHERE user_pool_id = ? AND sub = ?`,
      )
      .run(
        user.status,
        user.enabled ? 1 : 0,
        JSON.stringify(user.attributes),
        user.srpSalt ?? null,
        user.srpVerifier ?? null,
        JSON.stringify(user.details),
        clock.now(),
        user.userPoolId,
        user.sub,
      );
    store.sql('DELETE FROM user_names WHERE user_pool_id = ? AND sub = ?').run(user.userPoolId, user.sub);
    writeNames({ store }, user, names);
    store
      .sql('DELETE FROM user_identities WHERE user_pool_id = ? AND sub = ?')
      .run(user.userPoolId, user.sub);
    writeIdentities({ store }, user);
  });
}

/** Removes a user and all that is theirs: names, groups, tokens, devices, sessions. */
export function deleteUser({ store }: StoreContext, userPoolId: string, sub: string): void {
  store.sql('DELETE FROM users WHERE user_pool_id = ? AND sub = ?').run(userPoolId, sub);
}

/** Finds the user whom an identity provider's account signs in. */
export function findUserByIdentity(
  { store }: StoreContext,
  userPoolId: string,
  providerName: string,
  userId: string,
): User | undefined {
  return toUser(
    store
      .sql(
        `SELECT users.* FROM user_identities JOIN users USING (user_pool_id, sub)
         WHERE user_pool_id = ? AND provider_name = ? AND user_identities.user_id = ?`,
      )
      .get(userPoolId, providerName, userId),
  );
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

function writeIdentities({ store }: Pick<StoreContext, 'store'>, user: User): void {
  for (const { providerName, userId } of user.details.identities ?? [])
    store
      .sql('INSERT INTO user_identities VALUES (?, ?, ?, ?)')
      .run(user.userPoolId, providerName, userId, user.sub);
}

export function toUser(row: Record<string, unknown> | undefined): User | undefined {
  if (!row) return undefined;
  return {
    sub: String(row.sub),
    username: String(row.username),
    userPoolId: String(row.user_pool_id),
    status: row.status as UserStatus,
    enabled: row.enabled === 1,
    attributes: JSON.parse(String(row.attributes)) as Record<string, string>,
    ...(row.srp_salt !== null && { srpSalt: String(row.srp_salt) }),
    ...(row.srp_verifier !== null && { srpVerifier: String(row.srp_verifier) }),
    details: JSON.parse(String(row.details)) as UserDetails,
    createdAt: Number(row.created_at),
    modifiedAt: Number(row.modified_at),
  };
}
