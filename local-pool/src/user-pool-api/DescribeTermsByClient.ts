import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireTermsOfClient } from '../configuration/configure-terms.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';
import { TermsNameType, termsType } from './terms-type.ts';

/** Cognito: DescribeTermsByClient. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ClientId: ClientIdType, TermsName: TermsNameType }),
  (pool, { UserPoolId, ClientId, TermsName }) => ({
    Terms: termsType(UserPoolId, requireTermsOfClient(pool, UserPoolId, ClientId, TermsName)),
  }),
);
