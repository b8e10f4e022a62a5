/** The tables of identity pools, part of the store's schema. */
export const IDENTITY_POOL_SCHEMA = `
CREATE TABLE identity_pools (
  id TEXT PRIMARY KEY, document TEXT NOT NULL, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE identities (
  id TEXT PRIMARY KEY, identity_pool_id TEXT NOT NULL REFERENCES identity_pools ON DELETE CASCADE,
  disabled INTEGER NOT NULL, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_by_pool ON identities (identity_pool_id, id);
CREATE TABLE identity_logins (
  identity_pool_id TEXT NOT NULL, provider TEXT NOT NULL, developer INTEGER NOT NULL, subject TEXT NOT NULL,
  identity_id TEXT NOT NULL REFERENCES identities ON DELETE CASCADE,
  PRIMARY KEY (identity_pool_id, provider, developer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_logins_by_identity ON identity_logins (identity_id, provider, subject);`;
