import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { anything } from './answer-shapes.ts';
import { runTrigger } from './run-trigger.ts';
import { userAttributesOf } from './trigger-event.ts';

/**
 * Runs the post authentication trigger: after the last challenge and before the tokens, which a throwing one prevents.
 * @param signIn `newDeviceUsed` is false in a pool that does not track devices
 * @throws CognitoError of the trigger (Cognito: Post authentication Lambda trigger).
 */
export async function runPostAuthentication(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  user: User,
  signIn: { newDeviceUsed: boolean; clientMetadata?: Record<string, string> | undefined },
): Promise<void> {
  const { newDeviceUsed, clientMetadata = {} } = signIn;
  const request = { userAttributes: userAttributesOf(user), newDeviceUsed, clientMetadata };
  const call = {
    source: 'PostAuthentication_Authentication',
    userName: user.username,
    request,
    response: {},
  };
  await runTrigger(pool, userPool, client, 'PostAuthentication', call, anything);
}
