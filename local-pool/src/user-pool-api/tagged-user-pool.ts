import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';

/**
 * The ID of the user pool that an ARN names.
 * @throws CognitoError ResourceNotFoundException
 */
export function requireTaggedUserPool(pool: LocalPool, arn: string): string {
  const found = pool.userPools().find((userPool) => userPool.arn === arn);
  if (!found) throw new CognitoError('ResourceNotFoundException', `Resource ${arn} does not exist.`);
  return found.id;
}
