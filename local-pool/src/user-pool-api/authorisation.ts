import { decodeJwt } from 'jose';
import { type VerifiedAccessToken, verifyAccessToken } from '../access-token.ts';
import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { type AppClient, provesClient } from '../model/app-client.ts';
import type { User } from '../model/user.ts';
import { findUserByTypedName } from '../model/user-names.ts';
import type { UserPool } from '../model/user-pool.ts';

/** @throws CognitoError ResourceNotFoundException */
export function requireUserPool(pool: LocalPool, id: string): UserPool {
  const userPool = pool.userPool(id);
  if (!userPool) throw new CognitoError('ResourceNotFoundException', `User pool ${id} does not exist.`);
  return userPool;
}

export interface ClientContext {
  userPool: UserPool;
  client: AppClient;
}

/**
 * An app client with its user pool.
 * @param userPoolId where the caller names the pool as well, the pool that the client must belong to
 * @throws CognitoError ResourceNotFoundException
 */
export function requireAppClient(pool: LocalPool, clientId: string, userPoolId?: string): ClientContext {
  const client = pool.appClient(clientId);
  const userPool = userPoolId === undefined ? undefined : requireUserPool(pool, userPoolId);
  if (!client || (userPool && client.userPoolId !== userPool.id))
    throw new CognitoError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
  return { client, userPool: userPool ?? requireUserPool(pool, client.userPoolId) };
}

/**
 * Checks the plain secret of the operations that take one (RevokeToken, GetTokensFromRefreshToken).
 * @throws CognitoError NotAuthorizedException
 */
export function requireClientSecret(client: AppClient, secret: string | undefined): void {
  if (!provesClient(client, secret))
    throw notAuthorized(`Unable to verify secret for client ${client.clientId}`);
}

/**
 * Verifies a user's access token of whichever pool issued it, and that it may call the API.
 * @throws CognitoError NotAuthorizedException, UserNotFoundException, UserNotConfirmedException,
 *   PasswordResetRequiredException (section 1.13 of the behaviour notes)
 */
export async function requireAccessToken(
  pool: LocalPool,
  token: string,
): Promise<VerifiedAccessToken & ClientContext> {
  const userPool = userPoolOfToken(pool, token);
  if (!userPool) throw notAuthorized('Invalid Access Token');
  const verified = await verifyAccessToken(pool, userPool, token);
  if (!verified.scopes.includes('aws.cognito.signin.user.admin'))
    throw notAuthorized('Access Token does not have required scopes');
  if (verified.user.status === 'UNCONFIRMED')
    throw new CognitoError('UserNotConfirmedException', 'User is not confirmed.');
  if (verified.user.status === 'RESET_REQUIRED')
    throw new CognitoError('PasswordResetRequiredException', 'Password reset required for the user');
  return { ...verified, userPool };
}

/** Only a hint where to look for the key: nothing that it says counts before the signature does. */
function userPoolOfToken(pool: LocalPool, token: string): UserPool | undefined {
  try {
    const client = pool.appClient(String(decodeJwt(token).client_id));
    return client && pool.userPool(client.userPoolId);
  } catch {
    return undefined;
  }
}

/**
 * The user whom an administrator names: by username, `sub` or active alias.
 * @throws CognitoError UserNotFoundException
 */
export function requireUser(pool: LocalPool, userPool: UserPool, name: string): User {
  const user = findUserByTypedName(pool, userPool, name);
  if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.');
  return user;
}

/**
 * The user whom the input of an administrator's operation names, with their pool.
 * @throws CognitoError ResourceNotFoundException, UserNotFoundException
 */
export function requireNamedUser(
  pool: LocalPool,
  { UserPoolId, Username }: { UserPoolId: string; Username: string },
): { userPool: UserPool; user: User } {
  const userPool = requireUserPool(pool, UserPoolId);
  return { userPool, user: requireUser(pool, userPool, Username) };
}

function notAuthorized(message: string): CognitoError {
  return new CognitoError('NotAuthorizedException', message);
}
