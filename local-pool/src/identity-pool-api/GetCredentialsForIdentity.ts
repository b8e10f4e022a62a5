import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { credentialsForIdentity } from '../identity-pool/credentials-for-identity.ts';
import { requireIdentity } from '../identity-pool/find.ts';
import { verifyLogins } from '../identity-pool/login.ts';
import { ARNString, IdentityId, LoginsMap } from './shapes.ts';

/** Local credentials of the role that the logins lead to (Cognito Federated Identities: GetCredentialsForIdentity). */
export const operation = publicOperation(
  z.object({ IdentityId, Logins: LoginsMap.optional(), CustomRoleArn: ARNString.optional() }),
  async (pool, input) => {
    const { identityPool } = requireIdentity(pool, input.IdentityId);
    const logins = await verifyLogins(pool, identityPool, input.Logins);
    // Read again: verification waited, and the identity may have changed.
    const presented = requireIdentity(pool, input.IdentityId);
    const { identity, credentials } = credentialsForIdentity(pool, presented, logins, input.CustomRoleArn);
    return {
      IdentityId: identity.id,
      Credentials: {
        AccessKeyId: credentials.accessKeyId,
        SecretKey: credentials.secretAccessKey,
        SessionToken: credentials.sessionToken,
        Expiration: credentials.expiration,
      },
    };
  },
);
