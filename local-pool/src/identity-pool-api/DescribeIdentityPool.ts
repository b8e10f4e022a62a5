import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityPool } from '../identity-pool/find.ts';
import { identityPoolType } from '../identity-pool/identity-pool-type.ts';
import { IdentityPoolId } from './shapes.ts';

/** The configuration of an identity pool (Cognito Federated Identities: DescribeIdentityPool). */
export const operation = signedOperation(z.object({ IdentityPoolId }), (pool, input) =>
  identityPoolType(requireIdentityPool(pool, input.IdentityPoolId)),
);
