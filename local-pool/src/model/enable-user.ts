import type { StoreContext } from '../store/database.ts';
import { revokeTokenFamiliesOfUser } from '../store/token-families.ts';
import { changeUser } from './change-user.ts';
import { endHostedSignIns } from './end-sign-ins.ts';
import type { User } from './user.ts';
import type { UserPool } from './user-pool.ts';

/** Shuts a user out, and ends every sign-in of theirs for good (Cognito: AdminDisableUser). */
export function disableUser(context: StoreContext, userPool: UserPool, user: User): void {
  context.store.transaction(() => {
    changeUser(context, userPool, user, (current) => {
      current.enabled = false;
    });
    revokeTokenFamiliesOfUser(context, userPool.id, user.sub);
    endHostedSignIns(context, user);
  });
}

/** Lets a user in again (Cognito: AdminEnableUser). */
export function enableUser(context: StoreContext, userPool: UserPool, user: User): void {
  changeUser(context, userPool, user, (current) => {
    current.enabled = true;
  });
}
