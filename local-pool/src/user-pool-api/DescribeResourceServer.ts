import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireResourceServer } from '../configuration/configure-resource-server.ts';
import { ResourceServerIdentifierType } from '../configuration/resource-server-shape.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: DescribeResourceServer. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, Identifier: ResourceServerIdentifierType }),
  (pool, { UserPoolId, Identifier }) => ({
    ResourceServer: { UserPoolId, ...requireResourceServer(pool, UserPoolId, Identifier) },
  }),
);
