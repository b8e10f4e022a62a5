import { z } from 'zod';

/** CloudFormation takes numbers and truth values as texts as well: a parameter is always one. */
export const count = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .pipe(z.number().int());

export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

export const texts = z.array(z.string());

/** A reference to the user pool that a resource belongs to. */
export const userPoolId = z.string();
