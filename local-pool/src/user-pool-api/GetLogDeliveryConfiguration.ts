import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireUserPoolDocument } from '../configuration/find-document.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: GetLogDeliveryConfiguration. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType }),
  (pool, { UserPoolId }) => ({
    LogDeliveryConfiguration: {
      UserPoolId,
      LogConfigurations: requireUserPoolDocument(pool, UserPoolId).document.logConfigurations ?? [],
    },
  }),
);
