import { FEDERATION_SCHEMA } from './federation-schema.ts';
import { IDENTITY_POOL_SCHEMA } from './identity-pool-schema.ts';

/** Raised with every change of the tables, so that a store of another version is brought up to date or refused. */
export const SCHEMA_VERSION = 3;

/** What brings a store of version 2 to version 3, which knows how people signed in. */
export const FROM_VERSION_2 = ['hosted_sessions', 'authorization_codes', 'token_families']
  .map((table) => `ALTER TABLE ${table} ADD COLUMN methods TEXT NOT NULL DEFAULT '';`)
  .join(' ');

/** All times are milliseconds since the epoch. What is secret by itself (tokens, codes, sessions) is kept as SHA-256. */
export const SCHEMA = `
CREATE TABLE signing_keys (
  user_pool_id TEXT NOT NULL, token_use TEXT NOT NULL, kid TEXT NOT NULL, private_key TEXT NOT NULL,
  PRIMARY KEY (user_pool_id, token_use)
) STRICT;
CREATE TABLE user_pools (
  id TEXT PRIMARY KEY, document TEXT NOT NULL, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
) STRICT;
CREATE TABLE app_clients (
  client_id TEXT PRIMARY KEY, user_pool_id TEXT NOT NULL, document TEXT NOT NULL,
  created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
) STRICT;
CREATE TABLE users (
  user_pool_id TEXT NOT NULL, sub TEXT NOT NULL, username TEXT NOT NULL, status TEXT NOT NULL, enabled INTEGER NOT NULL,
  attributes TEXT NOT NULL, srp_salt TEXT, srp_verifier TEXT, details TEXT NOT NULL,
  created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL,
  PRIMARY KEY (user_pool_id, sub)
) STRICT;
-- ListUsers goes by the order of creation, which is that of SQLite's row IDs, and an index keeps it.
CREATE INDEX users_by_pool ON users (user_pool_id);
CREATE INDEX users_by_username ON users (user_pool_id, username);
CREATE INDEX users_by_email ON users (user_pool_id, json_extract(attributes, '$.email'));
CREATE INDEX users_by_phone_number ON users (user_pool_id, json_extract(attributes, '$.phone_number'));
CREATE INDEX users_by_preferred_username ON users (user_pool_id, json_extract(attributes, '$.preferred_username'));
CREATE TABLE user_names (
  user_pool_id TEXT NOT NULL, name TEXT NOT NULL, sub TEXT NOT NULL,
  PRIMARY KEY (user_pool_id, name),
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX user_names_by_sub ON user_names (user_pool_id, sub);
CREATE TABLE groups (
  user_pool_id TEXT NOT NULL, name TEXT NOT NULL, description TEXT, role_arn TEXT, precedence INTEGER,
  created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL,
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
CREATE INDEX attempts_by_since ON attempts (since);
CREATE TABLE verification_codes (
  user_pool_id TEXT NOT NULL, sub TEXT NOT NULL, slot TEXT NOT NULL, code_hash TEXT NOT NULL,
  attribute TEXT NOT NULL, destination_hash TEXT NOT NULL, expires_at INTEGER NOT NULL,
  PRIMARY KEY (user_pool_id, sub, slot),
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE user_identities (
  user_pool_id TEXT NOT NULL, provider_name TEXT NOT NULL, user_id TEXT NOT NULL, sub TEXT NOT NULL,
  PRIMARY KEY (user_pool_id, provider_name, user_id),
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX user_identities_by_sub ON user_identities (user_pool_id, sub);
CREATE TABLE auth_sessions (
  id_hash TEXT PRIMARY KEY, user_pool_id TEXT NOT NULL, client_id TEXT NOT NULL, sub TEXT, challenge TEXT NOT NULL,
  state TEXT NOT NULL, expires_at INTEGER NOT NULL, used INTEGER NOT NULL,
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX auth_sessions_by_expiry ON auth_sessions (expires_at);
CREATE INDEX auth_sessions_by_user ON auth_sessions (user_pool_id, sub);
CREATE TABLE devices (
  user_pool_id TEXT NOT NULL, sub TEXT NOT NULL, device_key TEXT NOT NULL, device_group_key TEXT NOT NULL,
  name TEXT, srp_salt TEXT, srp_verifier TEXT, remembered INTEGER NOT NULL, last_ip TEXT,
  created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL, authenticated_at INTEGER NOT NULL,
  PRIMARY KEY (user_pool_id, sub, device_key),
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE web_authn_credentials (
  user_pool_id TEXT NOT NULL, credential_id TEXT NOT NULL, sub TEXT NOT NULL, document TEXT NOT NULL, created_at INTEGER NOT NULL,
  PRIMARY KEY (user_pool_id, credential_id),
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX web_authn_credentials_by_sub ON web_authn_credentials (user_pool_id, sub);
CREATE TABLE messages (
  id INTEGER PRIMARY KEY, user_pool_id TEXT NOT NULL, username TEXT NOT NULL, purpose TEXT NOT NULL, medium TEXT NOT NULL,
  destination TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, code TEXT, sent_at INTEGER NOT NULL
) STRICT;
CREATE TABLE hosted_sessions (
  token_hash TEXT PRIMARY KEY, user_pool_id TEXT NOT NULL, sub TEXT NOT NULL, auth_time INTEGER NOT NULL,
  expires_at INTEGER NOT NULL, identity_provider TEXT NOT NULL, methods TEXT NOT NULL DEFAULT '',
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE TABLE authorization_codes (
  code_hash TEXT PRIMARY KEY, user_pool_id TEXT NOT NULL, client_id TEXT NOT NULL, sub TEXT NOT NULL,
  redirect_uri TEXT NOT NULL, scopes TEXT NOT NULL, nonce TEXT, code_challenge TEXT, resource TEXT,
  auth_time INTEGER NOT NULL, expires_at INTEGER NOT NULL, used INTEGER NOT NULL, origin_jti TEXT,
  methods TEXT NOT NULL DEFAULT '',
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE TABLE token_families (
  origin_jti TEXT PRIMARY KEY, user_pool_id TEXT NOT NULL, client_id TEXT NOT NULL, sub TEXT NOT NULL, device_key TEXT,
  scopes TEXT NOT NULL, resource TEXT, hosted INTEGER NOT NULL, event_id TEXT NOT NULL, auth_time INTEGER NOT NULL,
  expires_at INTEGER NOT NULL, revoked INTEGER NOT NULL, methods TEXT NOT NULL DEFAULT '',
  FOREIGN KEY (user_pool_id, sub) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE INDEX token_families_by_user ON token_families (user_pool_id, sub);
CREATE INDEX token_families_by_expiry ON token_families (expires_at);
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expires_at);
CREATE INDEX authorization_codes_by_user ON authorization_codes (user_pool_id, sub);
CREATE INDEX hosted_sessions_by_user ON hosted_sessions (user_pool_id, sub);
CREATE TABLE refresh_tokens (
  token_hash TEXT PRIMARY KEY, origin_jti TEXT NOT NULL REFERENCES token_families ON DELETE CASCADE, rotated_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (origin_jti);
${FEDERATION_SCHEMA}
${IDENTITY_POOL_SCHEMA}
`;
