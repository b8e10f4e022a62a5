import type { User } from './user.ts';

/**
 * Whether a sign-in at the hosted pages still stands: nobody has shut the user out since, demanded a new password of
 * them, or taken the identity from them by which they came (AdminDisableUser, AdminResetUserPassword,
 * AdminDisableProviderForUser). A linked user whom a provider vouched for needs no password.
 * @param identityProvider the provider's name, or `COGNITO` for the pool itself
 */
export function mayStaySignedIn(
  { enabled, status, details }: Pick<User, 'enabled' | 'status' | 'details'>,
  identityProvider: string,
): boolean {
  if (!enabled) return false;
  if (identityProvider === 'COGNITO') return status === 'CONFIRMED';
  return (details.identities ?? []).some(({ providerName }) => providerName === identityProvider);
}
