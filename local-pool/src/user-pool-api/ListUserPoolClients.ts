import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { integer } from '../aws-json/shapes.ts';
import { requireUserPoolDocument } from '../configuration/find-document.ts';
import { fromList, page } from '../model/page.ts';
import { listAppClientDocuments, type StoredAppClient } from '../store/app-clients.ts';
import { PaginationKey, UserPoolIdType } from './shapes.ts';
import { userPoolClientDescription } from './user-pool-client-type.ts';

const idOf = ({ document }: StoredAppClient): string => document.clientId;

/** Cognito: ListUserPoolClients. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    MaxResults: integer({ min: 1, max: 60 }).optional(),
    NextToken: PaginationKey.optional(),
  }),
  (pool, { UserPoolId, MaxResults, NextToken }) => {
    requireUserPoolDocument(pool, UserPoolId);
    const all = listAppClientDocuments(pool, UserPoolId);
    const request = { limit: MaxResults, most: 60, token: NextToken };
    const { items, nextToken } = page(fromList(all, idOf), idOf, request);
    return { UserPoolClients: items.map(userPoolClientDescription), NextToken: nextToken };
  },
);
