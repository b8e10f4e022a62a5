import { CognitoError, OAuthError } from '../errors.ts';
import { AuthorizeError, clientError } from '../oauth2/authorize-error.ts';
import type { AuthorizeRequest } from '../oauth2/authorize-request.ts';

/**
 * Runs a part of a federated sign-in; what refuses it becomes an error that goes back to the app client.
 * @throws AuthorizeError (Cognito: managed login error responses); faults go on as they are.
 */
export async function toClient<T>(authorize: AuthorizeRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AuthorizeError) throw error;
    const request = { state: undefined, ...authorize };
    if (error instanceof OAuthError) throw clientError(request, error.error, error.description);
    if (error instanceof CognitoError) throw clientError(request, 'invalid_request', error.message);
    throw error;
  }
}
