import { OAuthError } from '../errors.ts';
import type { UserPool } from '../model/user-pool.ts';
import { responseLocation } from './response-location.ts';

/**
 * A refusal of the front channel. `location` is where the browser goes: back to the client when the client and its
 * redirect URI are proven (`toClient`), otherwise to the pool's own error page, never to an unproven address.
 */
export class AuthorizeError extends OAuthError {
  readonly location: string;
  readonly toClient: boolean;
  constructor(error: string, description: string | undefined, location: string, toClient: boolean) {
    super(error, description);
    this.name = 'AuthorizeError';
    this.location = location;
    this.toClient = toClient;
  }
}

/** An error shown on the pool's error page (`/error?error=…&client_id=…`). */
export function pageError(
  userPool: UserPool,
  error: string,
  extra: { description?: string; clientId?: string } = {},
): AuthorizeError {
  const query = new URLSearchParams({ error });
  if (extra.description) query.set('error_description', extra.description);
  if (extra.clientId) query.set('client_id', extra.clientId);
  return new AuthorizeError(error, extra.description, `/${userPool.id}/error?${query}`, false);
}

/** An error sent back to the client, its parameters in the order that real captures show. */
export function clientError(
  request: { redirectUri: string; responseType: string | undefined; state: string | undefined },
  error: string,
  description?: string,
): AuthorizeError {
  const parameters = {
    ...(description !== undefined && { error_description: description }),
    ...(request.state !== undefined && { state: request.state }),
    error,
  };
  const location = responseLocation(request.redirectUri, request.responseType, parameters);
  return new AuthorizeError(error, description, location, true);
}
