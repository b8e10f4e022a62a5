import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireUserPoolDocument } from '../configuration/find-document.ts';
import { fromList, page } from '../model/page.ts';
import { providerDescription } from './identity-provider-type.ts';
import { PaginationKey, QueryLimitType, UserPoolIdType } from './shapes.ts';

const keyOf = ({ ProviderName }: { ProviderName: string }): string => ProviderName;

/** Cognito: ListIdentityProviders. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    MaxResults: QueryLimitType.optional(),
    NextToken: PaginationKey.optional(),
  }),
  (pool, { UserPoolId, MaxResults, NextToken }) => {
    const { identityProviders } = requireUserPoolDocument(pool, UserPoolId).document;
    const request = { limit: MaxResults, most: 60, token: NextToken };
    const { items, nextToken } = page(fromList(identityProviders, keyOf), keyOf, request);
    return { Providers: items.map(providerDescription), NextToken: nextToken };
  },
);
