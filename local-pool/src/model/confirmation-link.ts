import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from './app-client.ts';
import type { User } from './user.ts';
import type { UserPool } from './user-pool.ts';

/** A text between these becomes a link (Cognito: message templates). */
const LINK_PARAMETER = /\{##(.*?)##\}/g;

const DEFAULT_MESSAGE = 'Please click the link below to verify your email address. {##Verify Email##} ';
const DEFAULT_SUBJECT = 'Your verification link';

/** What a mail with a link instead of a code says; the link still stands as its parameter. */
export interface LinkTexts {
  emailMessage: string;
  emailSubject: string;
}

/** The texts of a pool that lets people confirm by a link; undefined for one that sends codes, or has no pages. */
export function linkTexts({ messages: { confirmationLink }, domain }: UserPool): LinkTexts | undefined {
  if (!confirmationLink || !domain) return undefined;
  return {
    emailMessage: confirmationLink.message ?? DEFAULT_MESSAGE,
    emailSubject: confirmationLink.subject ?? DEFAULT_SUBJECT,
  };
}

/**
 * Puts the address that confirms a registration (Cognito: CONFIRM_WITH_LINK) after the text that was to be the link.
 * @param code the verification code that the address carries
 */
export function fillLink(
  pool: LocalPool,
  { userPoolId, username }: User,
  { clientId }: AppClient,
  code: string,
  text: string,
): string {
  const query = new URLSearchParams({ client_id: clientId, user_name: username, confirmation_code: code });
  const address = `${pool.baseUrl}/${userPoolId}/confirmUser?${query}`;
  return text.replaceAll(LINK_PARAMETER, (_, label: string) => `${label}: ${address}`);
}
