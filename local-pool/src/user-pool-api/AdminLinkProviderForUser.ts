import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { linkIdentity } from '../federation/link-identity.ts';
import { requireUserPool } from './authorisation.ts';
import { ProviderUserIdentifierType, requireIdentifiedUser, requireProviderUser } from './provider-user.ts';
import { UserPoolIdType } from './shapes.ts';

/** Lets somebody's account at a provider sign in as a user who exists (Cognito: AdminLinkProviderForUser). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    DestinationUser: ProviderUserIdentifierType,
    SourceUser: ProviderUserIdentifierType,
  }),
  (pool, input) => {
    const userPool = requireUserPool(pool, input.UserPoolId);
    const source = requireProviderUser(userPool, input.SourceUser);
    linkIdentity(pool, userPool, requireIdentifiedUser(pool, userPool, input.DestinationUser), source);
    return {};
  },
);
