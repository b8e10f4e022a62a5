import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { deleteDomain } from '../configuration/configure-domain.ts';
import { DomainType } from './domain-type.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: DeleteUserPoolDomain. */
export const operation = signedOperation(
  z.object({ Domain: DomainType, UserPoolId: UserPoolIdType }),
  (pool, { Domain, UserPoolId }) => {
    deleteDomain(pool, UserPoolId, Domain);
    return {};
  },
);
