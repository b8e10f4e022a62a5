import {
  CODE_PARAMETER,
  type CustomMessageSource,
  customMessage,
  USERNAME_PARAMETER,
} from '../lambda/custom-message.ts';
import type { LocalPool } from '../local-pool.ts';
import { addMessage, type MessagePurpose } from '../store/messages.ts';
import type { AppClient } from './app-client.ts';
import { fillLink, linkTexts } from './confirmation-link.ts';
import type { User } from './user.ts';
import type { MessageTemplates, UserPool } from './user-pool.ts';

export interface OutgoingMessage {
  /** What it is about: decides on the template, and is told to the custom message trigger. */
  source: CustomMessageSource;
  /** What it is listed under in the inbox. */
  purpose: MessagePurpose;
  medium: 'EMAIL' | 'SMS';
  /** The full address or number. */
  destination: string;
  /** A verification code, or the temporary password of an invitation. */
  code: string;
  /** The name by which the person knows themselves; absent = the user's username. */
  username?: string | undefined;
  clientMetadata?: Record<string, string> | undefined;
}

/** A message with the code filled in; an SMS has no subject. */
export interface RenderedMessage {
  subject: string;
  body: string;
}

/**
 * Puts a message in the inbox instead of sending it.
 * @param client undefined where an administrator acts
 * @throws CognitoError of the custom message trigger; nothing is sent then.
 */
export async function sendMessage(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  user: User,
  message: OutgoingMessage,
): Promise<void> {
  putMessage(pool, user, message, await renderMessage(pool, userPool, client, user, message));
}

/** Writes a rendered message to the inbox, so that it can be part of a transaction. */
export function putMessage(
  pool: LocalPool,
  user: User,
  { purpose, medium, destination, code }: OutgoingMessage,
  rendered: RenderedMessage,
): void {
  const { userPoolId, username } = user;
  addMessage(pool, { userPoolId, username, purpose, medium, destination, code, ...rendered });
}

/**
 * The text of a message: that of the custom message trigger, else that of the pool, else Cognito's own.
 * @throws CognitoError of the custom message trigger.
 */
export async function renderMessage(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  user: User,
  { source, purpose, medium, code, username = user.username, clientMetadata }: OutgoingMessage,
): Promise<RenderedMessage> {
  const isInvitation = source === 'CustomMessage_AdminCreateUser';
  const custom = await customMessage(pool, userPool, client, source, user, {
    clientMetadata,
    ...(isInvitation && { usernameParameter: USERNAME_PARAMETER }),
  });
  const byLink = medium === 'EMAIL' && client && SIGN_UP.includes(source) ? linkTexts(userPool) : undefined;
  const own = { ...poolTexts(userPool.messages, source), ...byLink };
  const body =
    medium === 'SMS' ? (custom.smsMessage ?? own.smsMessage) : (custom.emailMessage ?? own.emailMessage);
  const subject = medium === 'SMS' ? '' : (custom.emailSubject ?? own.emailSubject);
  const values: Record<string, string> = { [CODE_PARAMETER]: code, [USERNAME_PARAMETER]: username };
  const fill = (text: string) =>
    text.replaceAll(/\{####\}|\{username\}/g, (parameter) => values[parameter] ?? parameter);
  const filled = fill(body ?? (isInvitation ? DEFAULT_INVITATION : DEFAULT_CODE));
  return {
    subject: fill(subject ?? DEFAULT_SUBJECT[isInvitation ? 'invitation' : purpose] ?? CODE_SUBJECT),
    body: byLink && client ? fillLink(pool, user, client, code, filled) : filled,
  };
}

/** The messages that may carry a link instead of a code (Cognito: Verification message customizations). */
const SIGN_UP: CustomMessageSource[] = ['CustomMessage_SignUp', 'CustomMessage_ResendCode'];

/** Cognito: default messages. The trailing blanks are Cognito's. */
const DEFAULT_CODE = 'Your verification code is {####}. ';
const DEFAULT_INVITATION = 'Your username is {username} and temporary password is {####}. ';
const CODE_SUBJECT = 'Your verification code';
const DEFAULT_SUBJECT: Record<string, string> = {
  forgot: 'Your password reset code',
  invitation: 'Your temporary password',
};

function poolTexts(templates: MessageTemplates, source: CustomMessageSource) {
  switch (source) {
    case 'CustomMessage_AdminCreateUser':
      return {
        smsMessage: templates.smsInvitation,
        emailMessage: templates.emailInvitation,
        emailSubject: templates.emailInvitationSubject,
      };
    case 'CustomMessage_Authentication':
      return {
        smsMessage: templates.smsAuthentication,
        emailMessage: templates.emailAuthentication,
        emailSubject: templates.emailAuthenticationSubject,
      };
    default:
      return {
        smsMessage: templates.smsVerification,
        emailMessage: templates.emailVerification,
        emailSubject: templates.emailVerificationSubject,
      };
  }
}
