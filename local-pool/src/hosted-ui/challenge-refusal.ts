import type { ChallengeName } from '../authentication/attempt.ts';
import type { CognitoError } from '../errors.ts';

export const SESSION_IS_OVER =
  'This step of the sign-in has expired or is done already. Please sign in again.';
export const TOO_MANY_TRIES = 'Too many wrong codes. Please sign in again.';

export const WRONG_CODE = 'This code is not right. Check it and try again.';

/** Why an answer was refused, in a sentence for people: Cognito's own wherever that is one. */
export function explainRefusal(
  challenge: ChallengeName | undefined,
  { code, message }: CognitoError,
): string {
  switch (code) {
    case 'CodeMismatchException':
    case 'EnableSoftwareTokenMFAException':
      return WRONG_CODE;
    case 'NotAuthorizedException':
      if (message.startsWith('Invalid session')) return SESSION_IS_OVER;
      return challenge === 'WEB_AUTHN' && message.startsWith('Incorrect')
        ? 'This passkey was not accepted. Please sign in again, perhaps in another way.'
        : message;
    default:
      return message;
  }
}
