import { z } from 'zod';
import { stringMap } from '../aws-json/shapes.ts';
import type { ClientTerms } from '../configuration/configure-terms.ts';
import { timestamp } from './user-type.ts';

export const TermsNameType = z.enum(['terms-of-use', 'privacy-policy']);
export const TermsSourceType = z.enum(['LINK']);
export const TermsEnforcementType = z.enum(['NONE']);
export const LinksType = stringMap();

/** API reference: TermsType. */
export function termsType(UserPoolId: string, { clientId, terms }: ClientTerms) {
  return {
    ...termsDescription({ clientId, terms }),
    UserPoolId,
    ClientId: clientId,
    TermsSource: terms.source,
    Links: terms.links,
  };
}

/** API reference: TermsDescriptionType. */
export function termsDescription({ terms }: ClientTerms) {
  return {
    TermsId: terms.id,
    TermsName: terms.name,
    Enforcement: terms.enforcement,
    CreationDate: timestamp(terms.createdAt),
    LastModifiedDate: timestamp(terms.modifiedAt),
  };
}
