import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { updateResourceServer } from '../configuration/configure-resource-server.ts';
import { wire } from '../configuration/notation.ts';
import { resourceServer } from '../configuration/resource-server-shape.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: UpdateResourceServer. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ...resourceServer(wire) }),
  (pool, { UserPoolId, ...server }) => {
    updateResourceServer(pool, UserPoolId, server);
    return { ResourceServer: { UserPoolId, ...server } };
  },
);
