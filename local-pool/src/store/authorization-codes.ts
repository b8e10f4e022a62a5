import { randomUUID } from 'node:crypto';
import type { AuthenticationMethod } from '../model/authentication-methods.ts';
import { methodsText, readMethods } from './authentication-methods.ts';
import type { StoreContext } from './database.ts';
import { digest } from './digest.ts';

/** What an authorization code is bound to. */
export interface AuthorizationCode {
  userPoolId: string;
  clientId: string;
  sub: string;
  redirectUri: string;
  scopes: string[];
  nonce?: string;
  codeChallenge?: string;
  resource?: string;
  /** Milliseconds since the epoch: the interactive sign-in. */
  authTime: number;
  /** How the person signed in then; empty where that is not known. */
  methods: AuthenticationMethod[];
}

export interface StoredAuthorizationCode extends AuthorizationCode {
  expiresAt: number;
  used: boolean;
  /** The family that its first use began. */
  originJti?: string;
}

/** Five minutes (Cognito: Authorize endpoint). */
const LIFETIME_MS = 5 * 60 * 1000;
/** Used and expired codes stay this long, so that a late reuse is still recognised as one. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Issues a code, kept only as a hash. */
export function issueAuthorizationCode({ store, clock }: StoreContext, code: AuthorizationCode): string {
  const value = randomUUID();
  const now = clock.now();
  store.sql('DELETE FROM authorization_codes WHERE expires_at <= ?').run(now - KEPT_MS);
  store
    .sql('INSERT INTO authorization_codes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, ?)')
    .run(
      digest(value),
      code.userPoolId,
      code.clientId,
      code.sub,
      code.redirectUri,
      code.scopes.join(' '),
      code.nonce ?? null,
      code.codeChallenge ?? null,
      code.resource ?? null,
      code.authTime,
      now + LIFETIME_MS,
      methodsText(code.methods),
    );
  return value;
}

export function findAuthorizationCode(
  { store }: StoreContext,
  value: string,
): StoredAuthorizationCode | undefined {
  const row = store.sql('SELECT * FROM authorization_codes WHERE code_hash = ?').get(digest(value));
  if (!row) return undefined;
  return {
    userPoolId: String(row.user_pool_id),
    clientId: String(row.client_id),
    sub: String(row.sub),
    redirectUri: String(row.redirect_uri),
    scopes: String(row.scopes).split(' '),
    ...(row.nonce !== null && { nonce: String(row.nonce) }),
    ...(row.code_challenge !== null && { codeChallenge: String(row.code_challenge) }),
    ...(row.resource !== null && { resource: String(row.resource) }),
    authTime: Number(row.auth_time),
    expiresAt: Number(row.expires_at),
    used: row.used === 1,
    methods: readMethods(row.methods),
    ...(row.origin_jti !== null && { originJti: String(row.origin_jti) }),
  };
}

/** @param originJti the family that this use began; absent when the use failed. */
export function markCodeUsed({ store }: StoreContext, value: string, originJti?: string): void {
  store
    .sql('UPDATE authorization_codes SET used = 1, origin_jti = ? WHERE code_hash = ?')
    .run(originJti ?? null, digest(value));
}

/** Takes back the codes of a user that nobody has exchanged yet. Used ones stay, so that a reuse is recognised. */
export function deleteUnusedCodesOfUser({ store }: StoreContext, userPoolId: string, sub: string): void {
  store
    .sql('DELETE FROM authorization_codes WHERE user_pool_id = ? AND sub = ? AND used = 0')
    .run(userPoolId, sub);
}
