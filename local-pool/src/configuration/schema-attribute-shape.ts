import { z } from 'zod';
import { text } from '../aws-json/shapes.ts';
import type { Notation } from './notation.ts';

/** An attribute of a user pool's schema as it is configured (API reference: SchemaAttributeType). */
export const schemaAttribute = (n: Notation) =>
  n.object({
    Name: text({ min: 1, max: 20, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` }),
    AttributeDataType: z.enum(['String', 'Number', 'DateTime', 'Boolean']).optional(),
    DeveloperOnlyAttribute: n.flag().optional(),
    Mutable: n.flag().optional(),
    Required: n.flag().optional(),
    NumberAttributeConstraints: n
      .object({ MinValue: n.numeral().optional(), MaxValue: n.numeral().optional() })
      .optional(),
    StringAttributeConstraints: n
      .object({ MinLength: n.numeral().optional(), MaxLength: n.numeral().optional() })
      .optional(),
  });

/** Names as they were given: a custom attribute without its prefix. */
export interface SchemaAttributeDocument extends z.infer<ReturnType<typeof schemaAttribute>> {
  /** By AddCustomAttributes, to which no name means a standard attribute. */
  added?: true;
}
