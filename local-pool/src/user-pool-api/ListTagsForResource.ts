import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireUserPoolDocument } from '../configuration/find-document.ts';
import { ArnType } from '../configuration/lambda-config-shape.ts';
import { requireTaggedUserPool } from './tagged-user-pool.ts';

/** Cognito: ListTagsForResource. */
export const operation = signedOperation(z.object({ ResourceArn: ArnType }), (pool, { ResourceArn }) => ({
  Tags: requireUserPoolDocument(pool, requireTaggedUserPool(pool, ResourceArn)).document.tags,
}));
