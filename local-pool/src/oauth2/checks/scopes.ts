import type { AppClient } from '../../model/app-client.ts';
import type { Refuse } from './refuse.ts';

const NEED_OPENID = ['email', 'phone', 'profile'];

/** The scopes asked for, all of which the client must be allowed; all that it is allowed when none are asked for. */
export function requireScopes(client: AppClient, query: URLSearchParams, refuse: Refuse): string[] {
  const asked = splitScope(query.get('scope'));
  const scopes = asked.length > 0 ? asked : client.allowedOAuthScopes;
  if (scopes.some((scope) => !client.allowedOAuthScopes.includes(scope)))
    throw refuse('invalid_request', 'invalid_scope');
  if (!scopes.includes('openid') && scopes.some((scope) => NEED_OPENID.includes(scope)))
    throw refuse('invalid_request', 'invalid_scope');
  return scopes;
}

/** The distinct words of a `scope` parameter (RFC 6749 section 3.3). */
export function splitScope(scope: string | null | undefined): string[] {
  return [...new Set((scope ?? '').split(' ').filter((word) => word !== ''))];
}
