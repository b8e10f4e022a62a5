import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { region } from '../account.ts';
import { signedOperation } from '../aws-json/operation.ts';
import { identityPoolOf, identityPoolType } from '../identity-pool/identity-pool-type.ts';
import { putIdentityPool } from '../store/identity-pools.ts';
import { identityPoolMembers } from './shapes.ts';

/** Makes an identity pool without roles (Cognito Federated Identities: CreateIdentityPool). */
export const operation = signedOperation(z.object(identityPoolMembers), (pool, input) => {
  const identityPool = identityPoolOf(`${region}:${randomUUID()}`, input);
  putIdentityPool(pool, identityPool);
  return identityPoolType(identityPool);
});
