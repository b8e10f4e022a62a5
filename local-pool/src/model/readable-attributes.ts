import { OAuthError } from '../errors.ts';
import { type AppClient, isReadable } from './app-client.ts';
import type { User } from './user.ts';

const SCOPE_ATTRIBUTES: Record<string, string[]> = {
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
};
const CONTACT = Object.values(SCOPE_ATTRIBUTES).flat();

/**
 * The attributes that a client sees of a user: those it may read, and of them those of the scopes `email`, `phone` and
 * `profile` where any of these was granted (Cognito: Attribute permissions and scopes). `dev:` attributes are never seen.
 */
export function readableAttributes(user: User, client: AppClient, scopes: string[]): Record<string, string> {
  const narrowed =
    scopes.includes('openid') && ['email', 'phone', 'profile'].some((scope) => scopes.includes(scope));
  return Object.fromEntries(
    Object.entries(user.attributes).filter(
      ([name, value]) =>
        value !== '' &&
        !name.startsWith('dev:') &&
        isReadable(client, name) &&
        (!narrowed || isInScopes(name, scopes)),
    ),
  );
}

function isInScopes(attribute: string, scopes: string[]): boolean {
  return CONTACT.includes(attribute)
    ? scopes.some((scope) => SCOPE_ATTRIBUTES[scope]?.includes(attribute))
    : scopes.includes('profile');
}

/**
 * A client that was granted `email` or `phone` without permission to read that attribute gets no tokens.
 * @throws OAuthError invalid_grant (Cognito: Token endpoint).
 */
export function requireReadableScopes(client: AppClient, scopes: string[]): void {
  const unreadable =
    (scopes.includes('email') && !isReadable(client, 'email')) ||
    (scopes.includes('phone') && !isReadable(client, 'phone_number'));
  if (unreadable) throw new OAuthError('invalid_grant');
}
