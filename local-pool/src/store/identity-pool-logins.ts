import type { StoreContext } from './database.ts';

/** An account at a provider that leads to an identity. */
export interface Login {
  /** In the form that Cognito shows: `cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI`. */
  provider: string;
  /** Whether the provider is the identity pool's own (developer authenticated identities). */
  developer: boolean;
  /** `sub` at the provider, or the developer's user identifier. */
  subject: string;
}

/** The ID of the identity that a login leads to. */
export function findIdentityIdOfLogin(
  { store }: StoreContext,
  identityPoolId: string,
  { provider, developer, subject }: Login,
): string | undefined {
  const row = store
    .sql(
      `SELECT identity_id FROM identity_logins
       WHERE identity_pool_id = ? AND provider = ? AND developer = ? AND subject = ?`,
    )
    .get(identityPoolId, provider, developer ? 1 : 0, subject);
  return row && String(row.identity_id);
}

/** The logins of an identity, by provider and subject. */
export function listLogins({ store }: StoreContext, identityId: string): Login[] {
  return store
    .sql('SELECT * FROM identity_logins WHERE identity_id = ? ORDER BY provider, subject')
    .all(identityId)
    .map((row) => ({
      provider: String(row.provider),
      developer: row.developer === 1,
      subject: String(row.subject),
    }));
}

/** Makes a login lead to an identity, wherever it led before. */
export function putLogin(
  { store }: StoreContext,
  identityPoolId: string,
  { provider, developer, subject }: Login,
  identityId: string,
): void {
  store
    .sql(
      `INSERT INTO identity_logins VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET identity_id = excluded.identity_id`,
    )
    .run(identityPoolId, provider, developer ? 1 : 0, subject, identityId);
}

/** Takes a login from whichever identity it leads to. */
export function deleteLogin(
  { store }: StoreContext,
  identityPoolId: string,
  { provider, developer, subject }: Login,
): void {
  store
    .sql(
      `DELETE FROM identity_logins
       WHERE identity_pool_id = ? AND provider = ? AND developer = ? AND subject = ?`,
    )
    .run(identityPoolId, provider, developer ? 1 : 0, subject);
}
