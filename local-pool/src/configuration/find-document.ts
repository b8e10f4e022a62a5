import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { findAppClientDocument, type StoredAppClient } from '../store/app-clients.ts';
import { findUserPoolDocument, type StoredUserPool } from '../store/user-pools.ts';
import type { AppClientDocument } from './app-client-document.ts';
import type { UserPoolDocument } from './user-pool-document.ts';

/** @throws CognitoError ResourceNotFoundException */
export function requireUserPoolDocument(pool: LocalPool, userPoolId: string): StoredUserPool {
  const stored = findUserPoolDocument(pool, userPoolId);
  if (!stored) throw new CognitoError('ResourceNotFoundException', `User pool ${userPoolId} does not exist.`);
  return stored;
}

/** @throws CognitoError ResourceNotFoundException, also for a client of another pool */
export function requireAppClientDocument(
  pool: LocalPool,
  userPoolId: string,
  clientId: string,
): StoredAppClient {
  requireUserPoolDocument(pool, userPoolId);
  const stored = findAppClientDocument(pool, clientId);
  if (stored?.document.userPoolId !== userPoolId)
    throw new CognitoError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
  return stored;
}

/**
 * Changes a user pool's document and says what became of it.
 * @throws CognitoError ResourceNotFoundException
 */
export function changeUserPool(
  pool: LocalPool,
  userPoolId: string,
  change: (document: UserPoolDocument) => UserPoolDocument,
): StoredUserPool {
  pool.putUserPool(change(requireUserPoolDocument(pool, userPoolId).document));
  return requireUserPoolDocument(pool, userPoolId);
}

/**
 * Changes an app client's document and says what became of it.
 * @throws CognitoError ResourceNotFoundException
 */
export function changeAppClient(
  pool: LocalPool,
  userPoolId: string,
  clientId: string,
  change: (document: AppClientDocument) => AppClientDocument,
): StoredAppClient {
  pool.putAppClient(change(requireAppClientDocument(pool, userPoolId, clientId).document));
  return requireAppClientDocument(pool, userPoolId, clientId);
}
