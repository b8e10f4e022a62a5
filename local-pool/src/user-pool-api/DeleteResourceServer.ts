import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { deleteResourceServer } from '../configuration/configure-resource-server.ts';
import { ResourceServerIdentifierType } from '../configuration/resource-server-shape.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: DeleteResourceServer. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, Identifier: ResourceServerIdentifierType }),
  (pool, { UserPoolId, Identifier }) => {
    deleteResourceServer(pool, UserPoolId, Identifier);
    return {};
  },
);
