import { randomBytes } from 'node:crypto';
import type { StoreContext } from './database.ts';
import { digest } from './digest.ts';

/** The header of Cognito's encrypted refresh tokens: `{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}`. */
const HEADER = 'eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ';
/** Bytes of wrapped key, initialisation vector, ciphertext and tag: together as long as a real token. */
const PART_BYTES = [256, 12, 960, 16];

export interface RefreshToken {
  originJti: string;
  /** Milliseconds since the epoch: when it was first exchanged for a successor. */
  rotatedAt?: number;
}

/** Gives a family a refresh token: opaque, of five parts like Cognito's, and kept only as a hash. */
export function issueRefreshToken({ store }: StoreContext, originJti: string): string {
  const token = [HEADER, ...PART_BYTES.map((size) => randomBytes(size).toString('base64url'))].join('.');
  store.sql('INSERT INTO refresh_tokens VALUES (?, ?, NULL)').run(digest(token), originJti);
  return token;
}

export function findRefreshToken({ store }: StoreContext, token: string): RefreshToken | undefined {
  const row = store
    .sql('SELECT origin_jti, rotated_at FROM refresh_tokens WHERE token_hash = ?')
    .get(digest(token));
  if (!row) return undefined;
  return {
    originJti: String(row.origin_jti),
    ...(row.rotated_at !== null && { rotatedAt: Number(row.rotated_at) }),
  };
}

/** Marks a token as exchanged; the first time counts. */
export function markRotated({ store, clock }: StoreContext, token: string): void {
  store
    .sql('UPDATE refresh_tokens SET rotated_at = ? WHERE token_hash = ? AND rotated_at IS NULL')
    .run(clock.now(), digest(token));
}
