import { deleteUnusedCodesOfUser } from '../store/authorization-codes.ts';
import type { StoreContext } from '../store/database.ts';
import { deleteHostedSessionsOfUser } from '../store/hosted-sessions.ts';
import { revokeTokenFamiliesOfUser } from '../store/token-families.ts';
import type { User } from './user.ts';

type Person = Pick<User, 'userPoolId' | 'sub'>;

/** Ends what a lost password or a shut account leaves of sign-ins at the hosted pages: sessions, and codes that wait. */
export function endHostedSignIns(context: StoreContext, { userPoolId, sub }: Person): void {
  context.store.transaction(() => {
    deleteHostedSessionsOfUser(context, userPoolId, sub);
    deleteUnusedCodesOfUser(context, userPoolId, sub);
  });
}

/**
 * Ends every token of a user, and the codes that would become tokens; the browser's hosted session stays (Cognito:
 * GlobalSignOut; section 1.12 of the behaviour notes).
 */
export function signOutEverywhere(context: StoreContext, { userPoolId, sub }: Person): void {
  context.store.transaction(() => {
    revokeTokenFamiliesOfUser(context, userPoolId, sub);
    deleteUnusedCodesOfUser(context, userPoolId, sub);
  });
}
