import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { list, text } from '../aws-json/shapes.ts';
import { changeUserPool } from '../configuration/find-document.ts';
import { ArnType } from '../configuration/lambda-config-shape.ts';
import { requireTaggedUserPool } from './tagged-user-pool.ts';

/** Cognito: UntagResource. */
export const operation = signedOperation(
  z.object({ ResourceArn: ArnType, TagKeys: list(text({ min: 1, max: 128 })) }),
  (pool, { ResourceArn, TagKeys }) => {
    changeUserPool(pool, requireTaggedUserPool(pool, ResourceArn), (document) => ({
      ...document,
      tags: Object.fromEntries(Object.entries(document.tags).filter(([key]) => !TagKeys.includes(key))),
    }));
    return {};
  },
);
