import { z } from 'zod';
import type { ResourceServer } from '../../model/resource-server.ts';
import { userPoolId } from '../property-types.ts';

export const userPoolResourceServerProperties = z.strictObject({
  UserPoolId: userPoolId,
  Identifier: z.string().min(1).max(256),
  Name: z.string().min(1).max(256),
  Scopes: z
    .array(z.strictObject({ ScopeName: z.string().regex(/^[^/\s]{1,256}$/), ScopeDescription: z.string() }))
    .max(100)
    .default([]),
});

export function resourceServerOf(
  properties: z.infer<typeof userPoolResourceServerProperties>,
): ResourceServer {
  return {
    identifier: properties.Identifier,
    name: properties.Name,
    scopes: properties.Scopes.map(({ ScopeName, ScopeDescription }) => ({
      name: ScopeName,
      description: ScopeDescription,
    })),
  };
}
