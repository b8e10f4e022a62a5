import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { anything } from './answer-shapes.ts';
import { runTrigger } from './run-trigger.ts';
import { userAttributesOf } from './trigger-event.ts';

/**
 * Runs the pre authentication trigger, which may refuse a sign-in by throwing. It runs for users who exist and are
 * enabled, and for unknown ones where the client hides that they are unknown.
 * @param attempt `username` is what was typed
 * @throws CognitoError of the trigger (Cognito: Pre authentication Lambda trigger).
 */
export async function runPreAuthentication(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  attempt: {
    user: User | undefined;
    username: string;
    validationData?: Record<string, string> | undefined;
  },
): Promise<void> {
  const { user, username, validationData = null } = attempt;
  const hidesUsers = client?.preventUserExistenceErrors ?? false;
  if (user ? !user.enabled : !hidesUsers) return;
  const request = {
    userAttributes: user ? userAttributesOf(user) : {},
    validationData,
    ...(hidesUsers && { userNotFound: !user }),
  };
  const call = {
    source: 'PreAuthentication_Authentication',
    userName: user?.username ?? username,
    request,
    response: {},
  };
  await runTrigger(pool, userPool, client, 'PreAuthentication', call, anything);
}
