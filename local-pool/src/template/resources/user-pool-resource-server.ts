import { z } from 'zod';
import { cloudFormation as n } from '../../configuration/notation.ts';
import { type ResourceServerDocument, resourceServer } from '../../configuration/resource-server-shape.ts';
import { userPoolId } from '../property-types.ts';

export const userPoolResourceServerProperties = z.strictObject({
  UserPoolId: userPoolId,
  ...resourceServer(n),
});

export function resourceServerDocumentOf({
  UserPoolId: _,
  ...server
}: z.infer<typeof userPoolResourceServerProperties>): ResourceServerDocument {
  return server;
}
