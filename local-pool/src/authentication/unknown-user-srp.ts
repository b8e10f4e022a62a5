import { createHmac, randomBytes } from 'node:crypto';
import type { User } from '../model/user.ts';
import { normaliseName } from '../model/user-names.ts';
import type { UserPool } from '../model/user-pool.ts';

/** New at each start, which nobody can tell from a user who has come or gone. */
const KEY = randomBytes(32);

/**
 * The salt and `USER_ID_FOR_SRP` of someone who does not exist: the same each time they are asked for, and in the form
 * that the pool's users have (Cognito: Managing user existence error responses).
 */
export function inventSrpIdentity(userPool: UserPool, typed: string): { salt: string; username: string } {
  const name = normaliseName(userPool, typed);
  const derive = (label: string) =>
    createHmac('sha256', KEY).update(`${label}\0${userPool.id}\0${name}`).digest('hex');
  return {
    salt: derive('salt').slice(0, 32),
    username: userPool.usernameAttributes.length > 0 ? asUuid(derive('sub')) : typed,
  };
}

/** The username that a challenge shows: the user's own, or an invented one of the same form. */
export function shownUsername(userPool: UserPool, user: User | undefined, typed: string): string {
  return user ? user.username : inventSrpIdentity(userPool, typed).username;
}

/** Version and variant bits as those of a real `sub`. */
function asUuid(hex: string): string {
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
