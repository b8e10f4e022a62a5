import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { unlinkIdentity } from '../federation/link-identity.ts';
import { changeUser } from '../model/change-user.ts';
import { endHostedSignIns } from '../model/end-sign-ins.ts';
import { requireUserPool } from './authorisation.ts';
import {
  POOL_ITSELF,
  ProviderUserIdentifierType,
  requireIdentifiedUser,
  requireProviderUser,
} from './provider-user.ts';
import { UserPoolIdType } from './shapes.ts';

/**
 * Takes a way to sign in from a user: an account at a provider, or, for the provider `Cognito`, the password (Cognito:
 * AdminDisableProviderForUser).
 */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, User: ProviderUserIdentifierType }),
  (pool, input) => {
    const userPool = requireUserPool(pool, input.UserPoolId);
    const user = requireIdentifiedUser(pool, userPool, input.User);
    if (input.User.ProviderName === POOL_ITSELF)
      changeUser(pool, userPool, user, (fresh) => {
        delete fresh.srpSalt;
        delete fresh.srpVerifier;
        endHostedSignIns(pool, fresh);
      });
    else unlinkIdentity(pool, userPool, user, requireProviderUser(userPool, input.User));
    return {};
  },
);
