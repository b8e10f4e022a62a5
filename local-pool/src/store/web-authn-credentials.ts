import type { StoreContext } from './database.ts';

/** A passkey as it was registered (WebAuthn section 4, "credential record"). */
export interface WebAuthnCredential extends WebAuthnCredentialDocument {
  /** Base64url. */
  credentialId: string;
  userPoolId: string;
  sub: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

export interface WebAuthnCredentialDocument {
  /** COSE, base64url. */
  publicKey: string;
  /** The authenticator's signature counter as last seen; 0 for one that does not count. */
  counter: number;
  transports: string[];
  /** `platform` or `cross-platform`, where the browser said so. */
  attachment?: string;
  friendlyName: string;
  relyingPartyId: string;
}

/** Adds a passkey. @returns false when its ID is registered in the pool already; nothing is written then */
export function insertWebAuthnCredential({ store }: StoreContext, credential: WebAuthnCredential): boolean {
  const { credentialId, userPoolId, sub, createdAt, ...document } = credential;
  return (
    store
      .sql('INSERT INTO web_authn_credentials VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(userPoolId, credentialId, sub, JSON.stringify(document), createdAt).changes === 1
  );
}

export function findWebAuthnCredential(
  { store }: StoreContext,
  userPoolId: string,
  credentialId: string,
): WebAuthnCredential | undefined {
  const row = store
    .sql('SELECT * FROM web_authn_credentials WHERE user_pool_id = ? AND credential_id = ?')
    .get(userPoolId, credentialId);
  return row && toCredential(row);
}

/** A user's passkeys, in the order of their IDs. */
export function listWebAuthnCredentials(
  { store }: StoreContext,
  userPoolId: string,
  sub: string,
): WebAuthnCredential[] {
  return store
    .sql('SELECT * FROM web_authn_credentials WHERE user_pool_id = ? AND sub = ? ORDER BY credential_id')
    .all(userPoolId, sub)
    .map(toCredential);
}

/** Writes what the use of a passkey changed: its counter. */
export function updateWebAuthnCounter(
  { store }: StoreContext,
  { userPoolId, credentialId }: Pick<WebAuthnCredential, 'userPoolId' | 'credentialId'>,
  counter: number,
): void {
  store
    .sql(
      `UPDATE web_authn_credentials SET document = json_set(document, '$.counter', ?)
       WHERE user_pool_id = ? AND credential_id = ?`,
    )
    .run(counter, userPoolId, credentialId);
}

/** @returns false when the user has no such passkey */
export function deleteWebAuthnCredential(
  { store }: StoreContext,
  userPoolId: string,
  sub: string,
  credentialId: string,
): boolean {
  return (
    store
      .sql('DELETE FROM web_authn_credentials WHERE user_pool_id = ? AND sub = ? AND credential_id = ?')
      .run(userPoolId, sub, credentialId).changes === 1
  );
}

function toCredential(row: Record<string, unknown>): WebAuthnCredential {
  return {
    credentialId: String(row.credential_id),
    userPoolId: String(row.user_pool_id),
    sub: String(row.sub),
    createdAt: Number(row.created_at),
    ...(JSON.parse(String(row.document)) as WebAuthnCredentialDocument),
  };
}
