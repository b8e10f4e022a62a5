import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentity } from '../identity-pool/find.ts';
import { identityDescription } from './identity-description.ts';
import { IdentityId } from './shapes.ts';

/** When an identity was made, and its providers (Cognito Federated Identities: DescribeIdentity). */
export const operation = signedOperation(z.object({ IdentityId }), (pool, input) =>
  identityDescription(pool, requireIdentity(pool, input.IdentityId).identity),
);
