import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { text } from '../aws-json/shapes.ts';
import { changeUserPool } from '../configuration/find-document.ts';
import { ArnType } from '../configuration/lambda-config-shape.ts';
import { requireTaggedUserPool } from './tagged-user-pool.ts';

/** Cognito: TagResource. */
export const operation = signedOperation(
  z.object({ ResourceArn: ArnType, Tags: z.record(text({ min: 1, max: 128 }), text({ max: 256 })) }),
  (pool, { ResourceArn, Tags }) => {
    changeUserPool(pool, requireTaggedUserPool(pool, ResourceArn), (document) => ({
      ...document,
      tags: { ...document.tags, ...Tags },
    }));
    return {};
  },
);
