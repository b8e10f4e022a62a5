import { z } from 'zod';

/** What triggers leave unset they send as null, or not at all. */
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

/** A map of text to text, empty when unset. */
export const stringMap = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});

/** The response of a trigger of which nothing is expected. */
export const anything = z.unknown();

/** An optional text. */
export const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .nullish()
    .transform((value) => value ?? undefined);
