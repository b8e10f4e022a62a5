import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { developerLogin, requireDeveloperIdentity } from '../identity-pool/developer-identities.ts';
import { requireIdentityPool } from '../identity-pool/find.ts';
import { mergeIdentities } from '../identity-pool/merge-identities.ts';
import { DeveloperProviderName, DeveloperUserIdentifier, IdentityPoolId } from './shapes.ts';

/** Makes two developer users one (Cognito Federated Identities: MergeDeveloperIdentities). */
export const operation = signedOperation(
  z.object({
    SourceUserIdentifier: DeveloperUserIdentifier,
    DestinationUserIdentifier: DeveloperUserIdentifier,
    DeveloperProviderName,
    IdentityPoolId,
  }),
  (pool, input) => {
    const identityPool = requireIdentityPool(pool, input.IdentityPoolId);
    const identityOf = (subject: string) =>
      requireDeveloperIdentity(
        pool,
        identityPool,
        developerLogin(identityPool, input.DeveloperProviderName, subject),
      );
    const destination = identityOf(input.DestinationUserIdentifier);
    mergeIdentities(pool, identityOf(input.SourceUserIdentifier), destination);
    return { IdentityId: destination.id };
  },
);
