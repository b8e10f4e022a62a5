import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { requireIdentityPool } from '../identity-pool/find.ts';
import { identityOfLogins } from '../identity-pool/identities.ts';
import { verifyLogins } from '../identity-pool/login.ts';
import { refusals } from '../identity-pool/refusals.ts';
import { AccountId, IdentityPoolId, LoginsMap } from './shapes.ts';

/** The identity that logins lead to, or a new guest (Cognito Federated Identities: GetId). */
export const operation = publicOperation(
  z.object({ AccountId: AccountId.optional(), IdentityPoolId, Logins: LoginsMap.optional() }),
  async (pool, input) => {
    const configured = requireIdentityPool(pool, input.IdentityPoolId);
    const { logins, ownToken } = await verifyLogins(pool, configured, input.Logins);
    // Such a token is made for an identity that its bearer knows already.
    if (ownToken) throw refusals.unsupportedProvider();
    // Read again: verification waited, and the pool may be gone.
    const identityPool = requireIdentityPool(pool, input.IdentityPoolId);
    return { IdentityId: identityOfLogins(pool, identityPool, logins).id };
  },
);
