import type { Context } from 'hono';
import { openHostedSession } from '../hosted-ui/finish-sign-in.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AuthorizeRequest } from '../oauth2/authorize-request.ts';
import type { FederatedIdentity } from './federated-identity.ts';
import { signInFederatedUser } from './sign-in.ts';
import { toClient } from './to-client.ts';

/**
 * Ends a federated sign-in: back to the app client with a code, or with what refuses it.
 * @param verify what the provider's answer must stand before anybody is signed in
 * @throws AuthorizeError
 */
export function finishFederation(
  context: Context,
  pool: LocalPool,
  authorize: AuthorizeRequest,
  verify: () => Promise<FederatedIdentity>,
): Promise<Response> {
  return toClient(authorize, async () => {
    const identity = await verify();
    const user = await signInFederatedUser(pool, authorize.userPool, authorize.client, identity);
    return openHostedSession(context, pool, authorize, user, {
      identityProvider: identity.provider.name,
      methods: ['fed'],
    });
  });
}
