import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireAppClientDocument, requireUserPoolDocument } from '../configuration/find-document.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';

/** Cognito: DescribeRiskConfiguration. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ClientId: ClientIdType.optional() }),
  (pool, { UserPoolId, ClientId }) => {
    const { document } =
      ClientId === undefined
        ? requireUserPoolDocument(pool, UserPoolId)
        : requireAppClientDocument(pool, UserPoolId, ClientId);
    return { RiskConfiguration: { UserPoolId, ClientId, ...document.riskConfiguration } };
  },
);
