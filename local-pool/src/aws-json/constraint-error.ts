import type { z } from 'zod';
import { CognitoError } from '../errors.ts';

/** Members whose value no error text repeats. */
const SECRET = /login|password|secret|token|session|code|credential|answer/i;

/**
 * What AWS answers to an input that does not have the operation's shape: wrong JSON types are a SerializationException,
 * broken constraints an InvalidParameterException that lists them (API reference: validation errors).
 */
export function constraintError(error: z.ZodError, input: unknown): CognitoError {
  const wrongType = error.issues.find((issue) => isWrongType(issue, input));
  if (wrongType)
    return new CognitoError('SerializationException', `Wrong type at '${memberName(wrongType.path)}'`);
  const count = error.issues.length;
  const problems = error.issues.map((issue) => describe(issue, input));
  return new CognitoError(
    'InvalidParameterException',
    `${count} validation error${count > 1 ? 's' : ''} detected: ${problems.join('; ')}`,
  );
}

function isWrongType(issue: z.core.$ZodIssue, input: unknown): boolean {
  if (issue.code === 'custom') return valueAt(input, issue.path) !== undefined;
  return issue.code === 'invalid_type' && valueAt(input, issue.path) !== undefined;
}

function describe(issue: z.core.$ZodIssue, input: unknown): string {
  const name = memberName(issue.path);
  const value = valueAt(input, issue.path);
  const shown =
    value === undefined
      ? 'Value null'
      : SECRET.test(name) || typeof value === 'object'
        ? 'Value'
        : `Value '${String(value)}'`;
  return `${shown} at '${name}' failed to satisfy constraint: ${constraint(issue, value)}`;
}

function constraint(issue: z.core.$ZodIssue, value: unknown): string {
  const measure = typeof value === 'number' ? 'value' : 'length';
  switch (issue.code) {
    case 'too_small':
      return `Member must have ${measure} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `Member must have ${measure} less than or equal to ${issue.maximum}`;
    case 'invalid_value':
      return value === undefined
        ? 'Member must not be null'
        : `Member must satisfy enum value set: [${issue.values.join(', ')}]`;
    case 'invalid_format':
      return `Member must satisfy regular expression pattern: ${issue.message}`;
    case 'invalid_key':
      return `Map keys must satisfy constraint: [${issue.issues.map((key) => constraint(key, '')).join(', ')}]`;
    default:
      return 'Member must not be null';
  }
}

/** `userAttributes.1.member.name`: members begin in lower case, places in lists are counted from one. */
function memberName(path: readonly PropertyKey[]): string {
  return path
    .map((part) =>
      typeof part === 'number'
        ? `${part + 1}.member`
        : String(part).replace(/^[A-Z]/, (letter) => letter.toLowerCase()),
    )
    .join('.');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}
