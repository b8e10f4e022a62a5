import { OAuthError } from '../errors.ts';

/**
 * A federated sign-in that cannot go on, in the words that the app client gets (Cognito: managed login error responses).
 * Nearly all of them are `invalid_request` there.
 */
export function federationError(description: string, error = 'invalid_request'): OAuthError {
  return new OAuthError(error, description);
}
