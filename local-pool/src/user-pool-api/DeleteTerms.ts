import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { deleteTerms } from '../configuration/configure-terms.ts';
import { UserPoolIdType, UuidType } from './shapes.ts';

/** Cognito: DeleteTerms. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, TermsId: UuidType }),
  (pool, { UserPoolId, TermsId }) => {
    deleteTerms(pool, UserPoolId, TermsId);
    return {};
  },
);
