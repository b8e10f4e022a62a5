import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { integer, text } from '../aws-json/shapes.ts';
import { type ClientTerms, listTerms } from '../configuration/configure-terms.ts';
import { fromList, page } from '../model/page.ts';
import { UserPoolIdType } from './shapes.ts';
import { termsDescription } from './terms-type.ts';

const idOf = ({ terms }: ClientTerms): string => terms.id;

/** Cognito: ListTerms. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    MaxResults: integer({ min: 1, max: 60 }).optional(),
    NextToken: text({ min: 1, max: 131_072 }).optional(),
  }),
  (pool, { UserPoolId, MaxResults, NextToken }) => {
    const request = { limit: MaxResults, most: 60, token: NextToken };
    const { items, nextToken } = page(fromList(listTerms(pool, UserPoolId), idOf), idOf, request);
    return { Terms: items.map(termsDescription), NextToken: nextToken };
  },
);
