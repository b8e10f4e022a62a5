import type { LocalPool } from '../local-pool.ts';
import { findIdentity, type Identity } from '../store/identity-pool-identities.ts';
import { findIdentityPool } from '../store/identity-pools.ts';
import { type IdentityPool, identityPoolArn } from './identity-pool.ts';
import { invalidParameter, refusals } from './refusals.ts';

/** The identity pool of an ID. @throws CognitoError ResourceNotFoundException */
export function requireIdentityPool(pool: LocalPool, id: string): IdentityPool {
  const identityPool = findIdentityPool(pool, id);
  if (!identityPool) throw refusals.unknownPool(id);
  return identityPool;
}

/**
 * An identity with its pool.
 * @param identityPoolId where the caller names the pool as well, the pool that it must belong to
 * @throws CognitoError ResourceNotFoundException
 */
export function requireIdentity(
  pool: LocalPool,
  id: string,
  identityPoolId?: string,
): { identity: Identity; identityPool: IdentityPool } {
  const identity = findIdentity(pool, id);
  if (!identity || (identityPoolId !== undefined && identity.identityPoolId !== identityPoolId))
    throw refusals.unknownIdentity(id);
  return { identity, identityPool: requireIdentityPool(pool, identity.identityPoolId) };
}

/** The identity pool that an ARN of the tag operations names. @throws CognitoError InvalidParameterException, ResourceNotFoundException */
export function requireIdentityPoolByArn(pool: LocalPool, arn: string): IdentityPool {
  const id = /:identitypool\/(.+)$/s.exec(arn)?.[1] ?? '';
  if (arn !== identityPoolArn(id)) throw invalidParameter('ResourceArn is no ARN of an identity pool.');
  return requireIdentityPool(pool, id);
}
