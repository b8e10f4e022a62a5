import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { developerIdentity, takeDeveloperLogin } from '../identity-pool/developer-identities.ts';
import { requireIdentity, requireIdentityPool } from '../identity-pool/find.ts';
import { verifyLogins } from '../identity-pool/login.ts';
import { issueOpenIdToken, OPEN_ID_TOKEN_DURATION } from '../identity-pool/open-id-token.ts';
import { IdentityId, IdentityPoolId, LoginsMap, PrincipalTags, TokenDuration } from './shapes.ts';

/** Identity and token of a user whom one's own backend signed in (GetOpenIdTokenForDeveloperIdentity). */
export const operation = signedOperation(
  z.object({
    IdentityPoolId,
    IdentityId: IdentityId.optional(),
    Logins: LoginsMap,
    PrincipalTags: PrincipalTags.optional(),
    TokenDuration: TokenDuration.optional(),
  }),
  async (pool, input) => {
    const configured = requireIdentityPool(pool, input.IdentityPoolId);
    const { login, others } = takeDeveloperLogin(configured, input.Logins);
    const { logins } = await verifyLogins(pool, configured, others);
    // Read again: verification waited, and the pool may be gone.
    const identityPool = requireIdentityPool(pool, input.IdentityPoolId);
    const named =
      input.IdentityId === undefined
        ? undefined
        : requireIdentity(pool, input.IdentityId, identityPool.id).identity;
    const identity = developerIdentity(pool, identityPool, [login, ...logins], named);
    const { provider, subject } = login;
    const Token = await issueOpenIdToken(pool, identity, {
      amr: [provider, `${provider}:${identityPool.id}:${subject}`, ...logins.flatMap(({ amr }) => amr)],
      tags: input.PrincipalTags ?? {},
      duration: input.TokenDuration ?? OPEN_ID_TOKEN_DURATION,
      isLogin: true,
    });
    return { IdentityId: identity.id, Token };
  },
);
