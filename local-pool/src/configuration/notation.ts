import { z } from 'zod';
import { integer, text } from '../aws-json/shapes.ts';

interface Limits {
  min?: number;
  max?: number;
}

/** How a source writes what Cognito's configuration is made of, so that API and template share one set of shapes. */
export interface Notation {
  integer(limits?: Limits): z.ZodType<number>;
  flag(): z.ZodType<boolean>;
  /** A number that the API writes as a text (`StringAttributeConstraints`). */
  numeral(): z.ZodType<string>;
  object<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape>;
}

/** The JSON of the API, which ignores members that it does not know. */
export const wire: Notation = {
  integer,
  flag: () => z.boolean(),
  numeral: () => text({ max: 131_072 }),
  object: (shape) => z.object(shape),
};

const wholeNumber = z
  .string()
  .regex(/^-?\d+$/, 'must be a whole number')
  .transform(Number);
const truth = z.enum(['true', 'false']).transform((value) => value === 'true');

/**
 * A CloudFormation template, in which numbers and truth values may be texts (a parameter always is one), and where a
 * property that is not known is an error.
 */
export const cloudFormation: Notation = {
  integer: (limits) => z.union([z.number(), wholeNumber]).pipe(integer(limits)),
  flag: () => z.union([z.boolean(), truth]),
  numeral: () => z.union([z.number().transform(String), z.string()]),
  object: <Shape extends z.ZodRawShape>(shape: Shape) =>
    z.strictObject(shape) as unknown as z.ZodObject<Shape>,
};
