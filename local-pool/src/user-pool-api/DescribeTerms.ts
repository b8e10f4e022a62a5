import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireTerms } from '../configuration/configure-terms.ts';
import { UserPoolIdType, UuidType } from './shapes.ts';
import { termsType } from './terms-type.ts';

/** Cognito: DescribeTerms. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, TermsId: UuidType }),
  (pool, { UserPoolId, TermsId }) => ({
    Terms: termsType(UserPoolId, requireTerms(pool, UserPoolId, TermsId)),
  }),
);
