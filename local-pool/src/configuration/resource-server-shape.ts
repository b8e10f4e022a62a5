import { z } from 'zod';
import { list, text } from '../aws-json/shapes.ts';
import { type Notation, wire } from './notation.ts';

export const ResourceServerIdentifierType = text({
  min: 1,
  max: 256,
  pattern: String.raw`[\x21\x23-\x5B\x5D-\x7E]+`,
});

/** API reference: ResourceServerType. */
export const resourceServer = (n: Notation) => ({
  Identifier: ResourceServerIdentifierType,
  Name: text({ min: 1, max: 256, pattern: String.raw`[\w\s+=,.@-]+` }),
  Scopes: list(
    n.object({
      ScopeName: text({ min: 1, max: 256, pattern: String.raw`[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+` }),
      ScopeDescription: text({ min: 1, max: 256 }),
    }),
    { max: 100 },
  ).optional(),
});

const wireResourceServer = z.object(resourceServer(wire));
export type ResourceServerDocument = z.infer<typeof wireResourceServer>;
