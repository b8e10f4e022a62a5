import { CognitoError } from '../errors.ts';
import { runPostAuthentication } from '../lambda/post-authentication.ts';
import { runPostConfirmation } from '../lambda/post-confirmation.ts';
import { runPreAuthentication } from '../lambda/pre-authentication.ts';
import { runPreSignUp } from '../lambda/pre-sign-up.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import { requireSchema } from '../model/attributes.ts';
import { changeUser } from '../model/change-user.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { findUser } from '../store/users.ts';
import { createFederatedUser, federatedUsername } from './create-federated-user.ts';
import type { FederatedIdentity } from './federated-identity.ts';
import { findFederatedUser } from './find-user.ts';
import { mapAttributes, mergeAttributes, requireMutable, requireRequired } from './map-attributes.ts';

/**
 * Signs in whom a provider has vouched for: the user who has the identity, with what the provider says of them now, or
 * a new one. The triggers run in Cognito's order, by whether it is the first sign-in (section 4.2 of the behaviour notes).
 * @throws CognitoError of a trigger, or of attributes that the pool cannot take.
 */
export async function signInFederatedUser(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  identity: FederatedIdentity,
): Promise<User> {
  const mapped = mapAttributes(client, identity);
  const known = findFederatedUser(pool, userPool.id, identity);
  if (known) return signInKnown(pool, userPool, client, known, mapped);

  await runPreSignUp(pool, userPool, client, 'PreSignUp_ExternalProvider', {
    username: federatedUsername(userPool, identity),
    attributes: mergeAttributes({}, mapped),
  });
  // The trigger is where applications link a newcomer to an account of theirs.
  const linked = findFederatedUser(pool, userPool.id, identity);
  if (linked) return signInKnown(pool, userPool, client, linked, mapped);
  const user = createFederatedUser(pool, userPool, identity, mapped);
  await runPostConfirmation(pool, userPool, client, 'PostConfirmation_ConfirmSignUp', user);
  return asLeftByTriggers(pool, user);
}

async function signInKnown(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  known: User,
  mapped: Record<string, string>,
): Promise<User> {
  requireEnabled(known);
  await runPreAuthentication(pool, userPool, client, { user: known, username: known.username });
  requireMutable(userPool, mapped);
  const user = changeUser(pool, userPool, known, (fresh) => {
    fresh.attributes = mergeAttributes(fresh.attributes, mapped);
    requireRequired(userPool, fresh.attributes);
    requireSchema(userPool, mergeAttributes({}, mapped), { newUser: false });
  });
  await runPostAuthentication(pool, userPool, client, user, { newDeviceUsed: false });
  return asLeftByTriggers(pool, user);
}

/** A trigger may have changed, disabled or deleted the user whom it was told of. */
function asLeftByTriggers(pool: LocalPool, { userPoolId, sub }: User): User {
  const user = findUser(pool, userPoolId, sub);
  if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.');
  requireEnabled(user);
  return user;
}

function requireEnabled({ enabled }: User): void {
  if (!enabled) throw new CognitoError('NotAuthorizedException', 'User is disabled.');
}
