import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { anything } from './answer-shapes.ts';
import { runTrigger } from './run-trigger.ts';
import { userAttributesOf } from './trigger-event.ts';

export type PostConfirmationSource =
  | 'PostConfirmation_ConfirmSignUp'
  | 'PostConfirmation_ConfirmForgotPassword';

/**
 * Runs the post confirmation trigger. What was confirmed before stays so when it throws.
 * @throws CognitoError of the trigger (Cognito: Post confirmation Lambda trigger).
 */
export async function runPostConfirmation(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  source: PostConfirmationSource,
  user: User,
  clientMetadata: Record<string, string> = {},
): Promise<void> {
  const request = { userAttributes: userAttributesOf(user), clientMetadata };
  const call = { source, userName: user.username, request, response: {} };
  await runTrigger(pool, userPool, client, 'PostConfirmation', call, anything);
}
