import type { z } from 'zod';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { TriggerName, UserPool } from '../model/user-pool.ts';
import { type TriggerCall, triggerEvent } from './trigger-event.ts';
import { unrecognizableOutput } from './unrecognizable-output.ts';

/**
 * Calls one of the pool's triggers and reads its response.
 * @param answer what the response may look like
 * @returns undefined when the pool has no such trigger
 * @throws CognitoError UserLambdaValidationException, UnexpectedLambdaException, InvalidLambdaResponseException
 *   (Cognito: Lambda triggers, things to know).
 */
export async function runTrigger<Answer>(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  name: TriggerName,
  call: TriggerCall,
  answer: z.ZodType<Answer>,
): Promise<Answer | undefined> {
  const functionArn = userPool.lambdaConfig.functions[name];
  if (functionArn === undefined) return undefined;
  const response = await pool.triggers.invoke(functionArn, name, triggerEvent(userPool, client, call));
  const parsed = answer.safeParse(response);
  if (!parsed.success) throw unrecognizableOutput();
  return parsed.data;
}
