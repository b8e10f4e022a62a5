import { createAuthSession, findAuthSession, markAuthSessionUsed } from '../store/auth-sessions.ts';
import type { StoreContext } from '../store/database.ts';
import { findUser } from '../store/users.ts';
import type { AppClient } from './app-client.ts';
import type { User } from './user.ts';

/**
 * The `Session` of a sign-up, for clients that may then sign the person in with it (USER_AUTH): good for confirming
 * while they are not confirmed, and for InitiateAuth afterwards.
 * @returns undefined for other clients (Cognito: SignUp), and for a person whom a trigger deleted meanwhile.
 */
export function openSignUpSession(context: StoreContext, client: AppClient, user: User): string | undefined {
  if (!client.explicitAuthFlows.includes('ALLOW_USER_AUTH')) return undefined;
  const { clientId, userPoolId } = client;
  if (!findUser(context, userPoolId, user.sub)) return undefined;
  const challenge = user.status === 'CONFIRMED' ? 'CONFIRMED_SIGN_UP' : 'SIGN_UP';
  const session = { userPoolId, clientId, sub: user.sub, challenge, state: {} };
  return createAuthSession(context, session, client.authSessionValidity);
}

/**
 * Exchanges the session of a sign-up, once it is confirmed, for one that signs in.
 * @returns undefined when it is not one of this person at this client, is spent, or came too late: the person is
 *   confirmed without it, and signs in like everyone else (Cognito: ConfirmSignUp).
 */
export function renewSignUpSession(
  context: StoreContext,
  client: AppClient,
  user: User,
  value: string,
): string | undefined {
  const session = findAuthSession(context, value);
  const isGood =
    session?.challenge === 'SIGN_UP' &&
    session.clientId === client.clientId &&
    session.sub === user.sub &&
    session.expiresAt > context.clock.now();
  if (!isGood || !markAuthSessionUsed(context, value)) return undefined;
  return openSignUpSession(context, client, user);
}
