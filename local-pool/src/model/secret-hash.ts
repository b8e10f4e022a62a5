import { createHmac, timingSafeEqual } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import type { AppClient } from './app-client.ts';

/**
 * Checks `SECRET_HASH`: base64 of HMAC-SHA256 over username and client ID with the client's secret.
 * @param usernames those whose hash is good: what was typed, and the user's own name
 * @throws CognitoError NotAuthorizedException (Cognito: Computing secret hash values)
 */
export function requireSecretHash(
  client: AppClient,
  usernames: readonly string[],
  secretHash: string | undefined,
): void {
  const { clientId, secrets } = client;
  if (secrets.length === 0) {
    if (secretHash === undefined) return;
    throw notAuthorized(`Client ${clientId} is not configured for secret but secret was received`);
  }
  if (secretHash === undefined)
    throw notAuthorized(`Client ${clientId} is configured with secret but SECRET_HASH was not received`);
  const given = Buffer.from(secretHash, 'base64');
  const proven = secrets.some(({ value }) =>
    usernames.some((username) => {
      const expected = createHmac('sha256', value)
        .update(username + clientId)
        .digest();
      return given.length === expected.length && timingSafeEqual(given, expected);
    }),
  );
  if (!proven) throw notAuthorized(`Unable to verify secret hash for client ${clientId}`);
}

function notAuthorized(message: string): CognitoError {
  return new CognitoError('NotAuthorizedException', message);
}
