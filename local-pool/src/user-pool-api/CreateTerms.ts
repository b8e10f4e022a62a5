import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { createTerms } from '../configuration/configure-terms.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';
import { LinksType, TermsEnforcementType, TermsNameType, TermsSourceType, termsType } from './terms-type.ts';

/** Cognito: CreateTerms. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    ClientId: ClientIdType,
    TermsName: TermsNameType,
    TermsSource: TermsSourceType,
    Enforcement: TermsEnforcementType,
    Links: LinksType.optional(),
  }),
  (pool, { UserPoolId, ClientId, TermsName, TermsSource, Enforcement, Links = {} }) => ({
    Terms: termsType(
      UserPoolId,
      createTerms(pool, UserPoolId, ClientId, {
        name: TermsName,
        source: TermsSource,
        enforcement: Enforcement,
        links: Links,
      }),
    ),
  }),
);
