import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { updateTerms } from '../configuration/configure-terms.ts';
import { UserPoolIdType, UuidType } from './shapes.ts';
import { LinksType, TermsEnforcementType, TermsNameType, TermsSourceType, termsType } from './terms-type.ts';

/** What is not sent stays as it is (Cognito: UpdateTerms). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    TermsId: UuidType,
    TermsName: TermsNameType.optional(),
    TermsSource: TermsSourceType.optional(),
    Enforcement: TermsEnforcementType.optional(),
    Links: LinksType.optional(),
  }),
  (pool, { UserPoolId, TermsId, TermsName, TermsSource, Enforcement, Links }) => ({
    Terms: termsType(
      UserPoolId,
      updateTerms(pool, UserPoolId, TermsId, {
        ...(TermsName && { name: TermsName }),
        ...(TermsSource && { source: TermsSource }),
        ...(Enforcement && { enforcement: Enforcement }),
        ...(Links && { links: Links }),
      }),
    ),
  }),
);
