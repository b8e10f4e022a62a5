import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireAppClientDocument } from '../configuration/find-document.ts';
import { ClientIdType, PaginationKey, UserPoolIdType } from './shapes.ts';
import { timestamp } from './user-type.ts';

/** A client's secrets without their values; two fit on any page (Cognito: ListUserPoolClientSecrets). */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ClientId: ClientIdType, NextToken: PaginationKey.optional() }),
  (pool, { UserPoolId, ClientId }) => ({
    ClientSecrets: requireAppClientDocument(pool, UserPoolId, ClientId).document.secrets.map(
      ({ id, createdAt }) => ({ ClientSecretId: id, ClientSecretCreateDate: timestamp(createdAt) }),
    ),
  }),
);
