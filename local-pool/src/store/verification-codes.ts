import type { VerifiableAttribute } from '../model/user-pool.ts';
import type { StoreContext } from './database.ts';
import { digest } from './digest.ts';

export type CodePurpose = 'signUp' | 'forgot' | 'verify';

export interface VerificationCode {
  codeHash: string;
  /** The address that the code went to, and that its return proves. */
  attribute: VerifiableAttribute;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

interface CodeKey {
  userPoolId: string;
  sub: string;
  purpose: CodePurpose;
}

/** Keeps a code; only the newest of a purpose is good. */
export function putVerificationCode(
  { store }: StoreContext,
  { userPoolId, sub, purpose }: CodeKey,
  code: { value: string; attribute: VerifiableAttribute; expiresAt: number },
): void {
  store
    .sql('INSERT OR REPLACE INTO verification_codes VALUES (?, ?, ?, ?, ?, ?)')
    .run(userPoolId, sub, purpose, digest(code.value), code.attribute, code.expiresAt);
}

export function findVerificationCode(
  { store }: StoreContext,
  { userPoolId, sub, purpose }: CodeKey,
): VerificationCode | undefined {
  const row = store
    .sql('SELECT * FROM verification_codes WHERE user_pool_id = ? AND sub = ? AND purpose = ?')
    .get(userPoolId, sub, purpose);
  return (
    row && {
      codeHash: String(row.code_hash),
      attribute: row.attribute as VerifiableAttribute,
      expiresAt: Number(row.expires_at),
    }
  );
}

export function deleteVerificationCode({ store }: StoreContext, { userPoolId, sub, purpose }: CodeKey): void {
  store
    .sql('DELETE FROM verification_codes WHERE user_pool_id = ? AND sub = ? AND purpose = ?')
    .run(userPoolId, sub, purpose);
}
