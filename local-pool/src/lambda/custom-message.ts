import { z } from 'zod';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { text } from './answer-shapes.ts';
import { runTrigger } from './run-trigger.ts';
import { userAttributesOf } from './trigger-event.ts';

export type CustomMessageSource =
  | 'CustomMessage_SignUp'
  | 'CustomMessage_AdminCreateUser'
  | 'CustomMessage_ResendCode'
  | 'CustomMessage_ForgotPassword'
  | 'CustomMessage_UpdateUserAttribute'
  | 'CustomMessage_VerifyUserAttribute'
  | 'CustomMessage_Authentication';

/** Texts that still hold {@link CODE_PARAMETER} and {@link USERNAME_PARAMETER}. */
export interface CustomMessage {
  smsMessage?: string;
  emailMessage?: string;
  emailSubject?: string;
}

export const CODE_PARAMETER = '{####}';
export const USERNAME_PARAMETER = '{username}';

/** Characters (Cognito: Custom message Lambda trigger; message templates). */
const answer = z.object({ smsMessage: text(140), emailMessage: text(20_000), emailSubject: text(140) });

/**
 * Asks the custom message trigger for its own texts. A text that lacks the code, or in an invitation the username, is
 * left out: the pool's own text is sent then.
 * @returns empty without a trigger
 * @throws CognitoError of the trigger; InvalidLambdaResponseException for a text that is too long.
 */
export async function customMessage(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  source: CustomMessageSource,
  user: User,
  {
    clientMetadata = {},
    usernameParameter,
  }: { clientMetadata?: Record<string, string> | undefined; usernameParameter?: string | undefined } = {},
): Promise<CustomMessage> {
  const request = {
    userAttributes: userAttributesOf(user),
    codeParameter: CODE_PARAMETER,
    usernameParameter: usernameParameter ?? null,
    clientMetadata,
  };
  const response = { smsMessage: null, emailMessage: null, emailSubject: null };
  const call = { source, userName: user.username, request, response };
  const texts = await runTrigger(pool, userPool, client, 'CustomMessage', call, answer);
  const isUsable = (message: string | undefined): message is string =>
    message?.includes(CODE_PARAMETER) === true &&
    (usernameParameter === undefined || message.includes(usernameParameter));
  return {
    ...(isUsable(texts?.smsMessage) && { smsMessage: texts.smsMessage }),
    ...(isUsable(texts?.emailMessage) && { emailMessage: texts.emailMessage }),
    ...(texts?.emailSubject && { emailSubject: texts.emailSubject }),
  };
}
