import type { VerifiableAttribute } from '../model/user-pool.ts';
import type { StoreContext } from './database.ts';
import { digest } from './digest.ts';

export type CodePurpose = 'signUp' | 'forgot' | 'verify';

export interface VerificationCode {
  codeHash: string;
  /** The attribute whose value the code went to, and that its return proves. */
  attribute: VerifiableAttribute;
  destinationHash: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Whose code, and what for. Attributes are verified apart from each other, so that each may have a code of its own. */
export type CodeKey = { userPoolId: string; sub: string } & (
  | { purpose: 'signUp' | 'forgot' }
  | { purpose: 'verify'; attribute: VerifiableAttribute }
);

const slot = (key: CodeKey): string => (key.purpose === 'verify' ? `verify ${key.attribute}` : key.purpose);

/** Keeps a code; only the newest of a purpose is good. @param code with the full address or number that it goes to */
export function putVerificationCode(
  { store }: StoreContext,
  key: CodeKey,
  code: { value: string; attribute: VerifiableAttribute; destination: string; expiresAt: number },
): void {
  store
    .sql('INSERT OR REPLACE INTO verification_codes VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(
      key.userPoolId,
      key.sub,
      slot(key),
      digest(code.value),
      code.attribute,
      digest(code.destination),
      code.expiresAt,
    );
}

export function findVerificationCode({ store }: StoreContext, key: CodeKey): VerificationCode | undefined {
  const row = store
    .sql('SELECT * FROM verification_codes WHERE user_pool_id = ? AND sub = ? AND slot = ?')
    .get(key.userPoolId, key.sub, slot(key));
  return (
    row && {
      codeHash: String(row.code_hash),
      attribute: row.attribute as VerifiableAttribute,
      destinationHash: String(row.destination_hash),
      expiresAt: Number(row.expires_at),
    }
  );
}

export function deleteVerificationCode({ store }: StoreContext, key: CodeKey): void {
  store
    .sql('DELETE FROM verification_codes WHERE user_pool_id = ? AND sub = ? AND slot = ?')
    .run(key.userPoolId, key.sub, slot(key));
}
