import type { z } from 'zod';
import { constraintError } from '../aws-json/constraint-error.ts';
import { StsError } from './sts-error.ts';

/**
 * Reads the parameters that a shape names.
 * @throws StsError ValidationError, in the words of the JSON APIs' constraints
 */
export function readParameters<Shape extends z.ZodObject>(
  shape: Shape,
  parameters: URLSearchParams,
): z.infer<Shape> {
  const given = Object.keys(shape.shape).flatMap((name) => {
    const value = parameters.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const input = Object.fromEntries(given);
  const result = shape.safeParse(input);
  if (!result.success) throw new StsError('ValidationError', constraintError(result.error, input).message);
  return result.data;
}
