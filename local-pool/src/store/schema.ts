/** Raised with every change of the tables, so that a store of another version is refused and not misread. */
export const SCHEMA_VERSION = 1;

/** All times are milliseconds since the epoch. What is secret by itself (tokens, codes, sessions) is kept as SHA-256. */
export const SCHEMA = `
CREATE TABLE signing_keys (
  user_pool_id TEXT NOT NULL, token_use TEXT NOT NULL, kid TEXT NOT NULL, private_key TEXT NOT NULL,
  PRIMARY KEY (user_pool_id, token_use)
) STRICT;
CREATE TABLE users (
  user_pool_id TEXT NOT NULL, sub TEXT NOT NULL, username TEXT NOT NULL, status TEXT NOT NULL, enabled INTEGER NOT NULL,
  attributes TEXT NOT NULL, srp_salt TEXT NOT NULL, srp_verifier TEXT NOT NULL,
  created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL,
  PRIMARY KEY (user_pool_id, sub)
) STRICT;
CREATE TABLE user_names (
  user_pool_id TEXT NOT NULL, name TEXT NOT NULL, sub TEXT NOT NULL,
  PRIMARY KEY (user_pool_id, name),
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX user_names_by_sub ON user_names (user_pool_id, sub);
CREATE TABLE groups (
  user_pool_id TEXT NOT NULL, name TEXT NOT NULL, description TEXT, role_arn TEXT, precedence INTEGER,
  PRIMARY KEY (user_pool_id, name)
) STRICT;
CREATE TABLE group_members (
  user_pool_id TEXT NOT NULL, sub TEXT NOT NULL, group_name TEXT NOT NULL,
  PRIMARY KEY (user_pool_id, sub, group_name),
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE,
  FOREIGN KEY (user_pool_id, group_name) REFERENCES groups ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE attempts (
  user_pool_id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL, since INTEGER NOT NULL,
  blocked_until INTEGER NOT NULL,
  PRIMARY KEY (user_pool_id, name, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE verification_codes (
  user_pool_id TEXT NOT NULL, sub TEXT NOT NULL, purpose TEXT NOT NULL, code_hash TEXT NOT NULL,
  attribute TEXT NOT NULL, expires_at INTEGER NOT NULL,
  PRIMARY KEY (user_pool_id, sub, purpose),
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE messages (
  id INTEGER PRIMARY KEY, user_pool_id TEXT NOT NULL, username TEXT NOT NULL, purpose TEXT NOT NULL, medium TEXT NOT NULL,
  destination TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, code TEXT, sent_at INTEGER NOT NULL
) STRICT;
CREATE TABLE hosted_sessions (
  token_hash TEXT PRIMARY KEY, user_pool_id TEXT NOT NULL, sub TEXT NOT NULL, auth_time INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE TABLE authorization_codes (
  code_hash TEXT PRIMARY KEY, user_pool_id TEXT NOT NULL, client_id TEXT NOT NULL, sub TEXT NOT NULL,
  redirect_uri TEXT NOT NULL, scopes TEXT NOT NULL, nonce TEXT, code_challenge TEXT, resource TEXT,
  auth_time INTEGER NOT NULL, expires_at INTEGER NOT NULL, used INTEGER NOT NULL, origin_jti TEXT,
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE TABLE token_families (
  origin_jti TEXT PRIMARY KEY, user_pool_id TEXT NOT NULL, client_id TEXT NOT NULL, sub TEXT NOT NULL,
  scopes TEXT NOT NULL, resource TEXT, hosted INTEGER NOT NULL, event_id TEXT NOT NULL, auth_time INTEGER NOT NULL,
  expires_at INTEGER NOT NULL, revoked INTEGER NOT NULL,
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE INDEX token_families_by_user ON token_families (user_pool_id, sub);
CREATE INDEX token_families_by_expiry ON token_families (expires_at);
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expires_at);
CREATE TABLE refresh_tokens (
  token_hash TEXT PRIMARY KEY, origin_jti TEXT NOT NULL REFERENCES token_families ON DELETE CASCADE, rotated_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (origin_jti);
`;
