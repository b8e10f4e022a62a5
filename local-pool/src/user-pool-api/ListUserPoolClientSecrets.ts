import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireAppClientDocument } from '../configuration/find-document.ts';
import type { AppClientSecret } from '../model/app-client.ts';
import { fromList, page } from '../model/page.ts';
import { ClientIdType, PaginationKey, UserPoolIdType } from './shapes.ts';
import { timestamp } from './user-type.ts';

const idOf = ({ id }: AppClientSecret): string => id;

/** A client's secrets without their values (Cognito: ListUserPoolClientSecrets). */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ClientId: ClientIdType, NextToken: PaginationKey.optional() }),
  (pool, { UserPoolId, ClientId, NextToken }) => {
    const { secrets } = requireAppClientDocument(pool, UserPoolId, ClientId).document;
    const request = { limit: undefined, most: 60, token: NextToken };
    const { items, nextToken } = page(fromList(secrets, idOf), idOf, request);
    return {
      ClientSecrets: items.map(({ id, createdAt }) => ({
        ClientSecretId: id,
        ClientSecretCreateDate: timestamp(createdAt),
      })),
      NextToken: nextToken,
    };
  },
);
