/** The tables of federated sign-in, part of the store's schema. */
export const FEDERATION_SCHEMA = `
CREATE TABLE federation_requests (
  state_hash TEXT PRIMARY KEY, user_pool_id TEXT NOT NULL, browser_hash TEXT NOT NULL, provider_name TEXT NOT NULL,
  query TEXT NOT NULL, purpose TEXT NOT NULL, proof TEXT NOT NULL, expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX federation_requests_by_expiry ON federation_requests (expires_at);
CREATE TABLE saml_assertions (
  user_pool_id TEXT NOT NULL, provider_name TEXT NOT NULL, assertion_id TEXT NOT NULL, expires_at INTEGER NOT NULL,
  PRIMARY KEY (user_pool_id, provider_name, assertion_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE saml_keys (
  user_pool_id TEXT PRIMARY KEY, private_key TEXT NOT NULL, certificate TEXT NOT NULL
) STRICT;
CREATE INDEX saml_assertions_by_expiry ON saml_assertions (expires_at);
`;
