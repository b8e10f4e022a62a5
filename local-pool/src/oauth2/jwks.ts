import type { JWK } from 'jose';
import type { LocalPool } from '../local-pool.ts';
import type { UserPool } from '../model/user-pool.ts';

/** `/.well-known/jwks.json`: the public keys of ID tokens and access tokens. */
export function jwks(pool: LocalPool, userPool: UserPool): { keys: JWK[] } {
  const { id, access } = pool.signingKeys(userPool.id);
  return { keys: [id.publicJwk, access.publicJwk] };
}
