import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { requireIdentity } from '../identity-pool/find.ts';
import { presentIdentity } from '../identity-pool/identities.ts';
import { verifyLogins } from '../identity-pool/login.ts';
import { issueOpenIdToken, OPEN_ID_TOKEN_DURATION } from '../identity-pool/open-id-token.ts';
import { principalTagsOf } from '../identity-pool/principal-tags.ts';
import { refusals } from '../identity-pool/refusals.ts';
import { IdentityId, LoginsMap } from './shapes.ts';

/** The basic flow's token for STS (Cognito Federated Identities: GetOpenIdToken). */
export const operation = publicOperation(
  z.object({ IdentityId, Logins: LoginsMap.optional() }),
  async (pool, input) => {
    const { identityPool } = requireIdentity(pool, input.IdentityId);
    if (!identityPool.allowClassicFlow) throw refusals.classicFlow();
    const presented = await verifyLogins(pool, identityPool, input.Logins);
    const { logins, ownToken } = presented;
    // Read again: verification waited, and the identity may have changed.
    const known = requireIdentity(pool, input.IdentityId);
    const identity = presentIdentity(pool, known.identityPool, known.identity, presented);
    const Token = await issueOpenIdToken(pool, identity, {
      amr: [...(ownToken?.amr ?? []), ...logins.flatMap(({ amr }) => amr)],
      tags: ownToken?.tags ?? principalTagsOf(identityPool, logins),
      duration: OPEN_ID_TOKEN_DURATION,
      isLogin: false,
    });
    return { IdentityId: identity.id, Token };
  },
);
