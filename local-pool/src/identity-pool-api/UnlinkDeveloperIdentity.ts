import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { developerLogin, requireDeveloperIdentity } from '../identity-pool/developer-identities.ts';
import { requireIdentity } from '../identity-pool/find.ts';
import { refusals } from '../identity-pool/refusals.ts';
import { unlinkLogins } from '../identity-pool/unlink.ts';
import { DeveloperProviderName, DeveloperUserIdentifier, IdentityId, IdentityPoolId } from './shapes.ts';

/** Takes a developer user from an identity (Cognito Federated Identities: UnlinkDeveloperIdentity). */
export const operation = signedOperation(
  z.object({ IdentityId, IdentityPoolId, DeveloperProviderName, DeveloperUserIdentifier }),
  (pool, input) => {
    const { identity, identityPool } = requireIdentity(pool, input.IdentityId, input.IdentityPoolId);
    const login = developerLogin(identityPool, input.DeveloperProviderName, input.DeveloperUserIdentifier);
    if (requireDeveloperIdentity(pool, identityPool, login).id !== identity.id) throw refusals.conflict();
    unlinkLogins(pool, identity, ({ developer, subject }) => developer && subject === login.subject);
    return {};
  },
);
