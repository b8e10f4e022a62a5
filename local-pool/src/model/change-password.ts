import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { fitsCredential } from '../srp/credential.ts';
import { countAttempt } from './attempt-limit.ts';
import { changeUser } from './change-user.ts';
import { endHostedSignIns } from './end-sign-ins.ts';
import { lockoutName } from './lockout.ts';
import { setPassword } from './set-password.ts';
import type { User } from './user.ts';
import { poolNameOf, type UserPool } from './user-pool.ts';

/**
 * Replaces the password of someone who knows the present one, or gives the first one to someone who has none. Tokens
 * stay good.
 * @throws CognitoError NotAuthorizedException, InvalidPasswordException, PasswordHistoryPolicyViolationException,
 *   LimitExceededException (Cognito: ChangePassword).
 */
export function changePassword(
  pool: LocalPool,
  userPool: UserPool,
  user: User,
  { previous, proposed }: { previous: string | undefined; proposed: string },
): void {
  countAttempt(pool, userPool.id, lockoutName(userPool, '', user), 'changePassword');
  if (user.status === 'EXTERNAL_PROVIDER')
    throw new CognitoError('NotAuthorizedException', 'User password cannot be reset in the current state.');
  changeUser(pool, userPool, user, (current) => {
    requirePresentPassword(userPool, current, previous);
    setPassword(pool, userPool, current, proposed);
  });
}

function requirePresentPassword(userPool: UserPool, user: User, previous: string | undefined): void {
  const { srpSalt, srpVerifier, username } = user;
  if (!srpSalt || !srpVerifier) return;
  const credential = { srpSalt, srpVerifier };
  if (previous === undefined || !fitsCredential(credential, poolNameOf(userPool.id), username, previous))
    throw new CognitoError('NotAuthorizedException', 'Incorrect username or password.');
}

/**
 * Sets a password on an administrator's word. Tokens stay good, sign-ins at the hosted pages end.
 * @param permanent false = a temporary one, which must be changed at the next sign-in
 * @throws CognitoError InvalidPasswordException, PasswordHistoryPolicyViolationException (Cognito: AdminSetUserPassword).
 */
export function setPasswordByAdministrator(
  pool: LocalPool,
  userPool: UserPool,
  user: User,
  { password, permanent }: { password: string; permanent: boolean },
): void {
  changeUser(pool, userPool, user, (current) => {
    setPassword(pool, userPool, current, password);
    current.status = permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
    if (permanent) delete current.details.temporaryPasswordSetAt;
    else current.details.temporaryPasswordSetAt = pool.clock.now();
    endHostedSignIns(pool, current);
  });
}
