import { OAuthError } from '../../errors.ts';
import type { LocalPool } from '../../local-pool.ts';
import { type AppClient, provesClient } from '../../model/app-client.ts';
import type { UserPool } from '../../model/user-pool.ts';

/**
 * Authenticates the app client of a token or revocation request: by Basic or by parameters of the body, never by both
 * (RFC 6749 section 2.3). A public client only names itself.
 * @param status of `invalid_client`: Cognito answers 400 at the token endpoint and 401 at the revocation endpoint.
 * @throws OAuthError invalid_client or invalid_request.
 */
export function authenticateClient(
  pool: LocalPool,
  userPool: UserPool,
  headers: Headers,
  form: URLSearchParams,
  status: 400 | 401,
): AppClient {
  const basic = basicCredentials(headers.get('authorization'), status);
  const bodySecret = form.get('client_secret');
  if (basic && bodySecret !== null)
    throw new OAuthError('invalid_request', 'The client authenticates in two ways');
  const clientId = basic?.id ?? form.get('client_id');
  if (!clientId) throw new OAuthError('invalid_request', 'client_id is missing');
  if (basic && form.has('client_id') && form.get('client_id') !== basic.id)
    throw new OAuthError('invalid_client', undefined, status);

  const client = pool.appClient(clientId);
  if (!client || client.userPoolId !== userPool.id) throw new OAuthError('invalid_client', undefined, status);
  const secret = basic?.secret ?? bodySecret;
  if (!provesClient(client, secret ?? undefined))
    throw new OAuthError('invalid_client', 'invalid_client_secret', status);
  return client;
}

function basicCredentials(
  header: string | null,
  status: 400 | 401,
): { id: string; secret: string } | undefined {
  if (header === null) return undefined;
  const [scheme, encoded, ...rest] = header.split(' ');
  if (scheme?.toLowerCase() !== 'basic' || !encoded || rest.length > 0)
    throw new OAuthError('invalid_client', undefined, status);
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) throw new OAuthError('invalid_client', undefined, status);
  try {
    return { id: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
  } catch {
    throw new OAuthError('invalid_client', undefined, status);
  }
}

/** Both halves of Basic are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
