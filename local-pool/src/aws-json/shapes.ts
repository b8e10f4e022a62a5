import { z } from 'zod';

interface Limits {
  min?: number;
  max?: number;
}

/**
 * A string with limits, and a pattern in Cognito's own notation, which stands in the error message.
 * The whole value must match it (API model: Java-style patterns).
 */
export function text({ min, max, pattern }: Limits & { pattern?: string } = {}): z.ZodString {
  let shape = z.string();
  if (pattern !== undefined)
    shape = shape.regex(new RegExp(`^(?:${pattern.replace('(?s)', '')})$`, 'su'), pattern);
  if (max !== undefined) shape = shape.max(max);
  if (min !== undefined) shape = shape.min(min);
  return shape;
}

/** A whole number with limits. */
export function integer({ min, max }: Limits = {}): z.ZodNumber {
  let shape = z.number().int();
  if (min !== undefined) shape = shape.min(min);
  if (max !== undefined) shape = shape.max(max);
  return shape;
}

/** A list with limits on its length. */
export function list<Member extends z.ZodType>(
  member: Member,
  { min, max }: Limits = {},
): z.ZodArray<Member> {
  let shape = z.array(member);
  if (min !== undefined) shape = shape.min(min);
  if (max !== undefined) shape = shape.max(max);
  return shape;
}

/**
 * A map of strings (`ClientMetadata`, `AuthParameters` …), without a prototype that a key could reach. A null stands
 * for nothing: amazon-cognito-identity-js sends one for a device that it has dropped.
 */
export function stringMap(): z.ZodType<Record<string, string>> {
  return z
    .custom<Record<string, string | null>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && allStrings(value),
      { error: 'map' },
    )
    .transform(withoutNulls);
}

function allStrings(map: object): boolean {
  return Object.values(map).every((value) => typeof value === 'string' || value === null);
}

function withoutNulls(map: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
