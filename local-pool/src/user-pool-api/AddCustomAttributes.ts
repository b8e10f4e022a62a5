import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { list } from '../aws-json/shapes.ts';
import { addCustomAttributes } from '../configuration/configure-user-pool.ts';
import { wire } from '../configuration/notation.ts';
import { schemaAttribute } from '../configuration/schema-attribute-shape.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: AddCustomAttributes. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    CustomAttributes: list(schemaAttribute(wire), { min: 1, max: 25 }),
  }),
  (pool, input) => {
    addCustomAttributes(pool, input.UserPoolId, input.CustomAttributes);
    return {};
  },
);
