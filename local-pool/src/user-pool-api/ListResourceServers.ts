import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { integer } from '../aws-json/shapes.ts';
import { requireUserPoolDocument } from '../configuration/find-document.ts';
import { fromList, page } from '../model/page.ts';
import { PaginationKey, UserPoolIdType } from './shapes.ts';

const keyOf = ({ Identifier }: { Identifier: string }): string => Identifier;

/** Cognito: ListResourceServers. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    MaxResults: integer({ min: 1, max: 50 }).optional(),
    NextToken: PaginationKey.optional(),
  }),
  (pool, { UserPoolId, MaxResults, NextToken }) => {
    const { resourceServers } = requireUserPoolDocument(pool, UserPoolId).document;
    const request = { limit: MaxResults, most: 50, token: NextToken };
    const { items, nextToken } = page(fromList(resourceServers, keyOf), keyOf, request);
    return { ResourceServers: items.map((server) => ({ UserPoolId, ...server })), NextToken: nextToken };
  },
);
