import type { HostedRequest } from './hosted-request.ts';
import { authorizeQuery } from './hosted-request.ts';

/** A way to sign in elsewhere. */
export interface IdpLink {
  label: string;
  href: string;
}

const LABELS: Record<string, string> = {
  LoginWithAmazon: 'Login with Amazon',
  SignInWithApple: 'Sign in with Apple',
};

/** The external providers of the app client; none where the request asks for the pool's own form. */
export function idpLinks({ context, userPool, client, authorize }: HostedRequest): IdpLink[] {
  if (authorize.identityProvider !== undefined) return [];
  return userPool.identityProviders
    .filter(({ name }) => client.supportedIdentityProviders.includes(name))
    .map(({ name }) => {
      const query = authorizeQuery(context);
      query.set('identity_provider', name);
      return {
        label: LABELS[name] ?? `Continue with ${name}`,
        href: `/${userPool.id}/oauth2/authorize?${query}`,
      };
    });
}
