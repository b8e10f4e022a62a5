import { CognitoError } from '../errors.ts';

const ATTRIBUTES = [
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
] as const;
const NAMES = ['username', 'sub', 'cognito:user_status', 'status', ...ATTRIBUTES] as const;

export type FilterName = (typeof NAMES)[number];

/** What ListUsers looks for: one name that equals a value, or begins with it. */
export interface UserFilter {
  name: FilterName;
  operator: '=' | '^=';
  value: string;
}

/** A name, in quotes or not; an operator; a value in quotes, in which a backslash takes the next character as it is. */
const GRAMMAR =
  /^\s*(?:"(?<quoted>[^"\\]+)"|(?<plain>[^\s"=^]+))\s*(?<operator>\^?=)\s*"(?<value>(?:[^"\\]|\\.)*)"\s*$/su;

/**
 * Reads the filter of ListUsers; blank means everybody.
 * @throws CognitoError InvalidParameterException (Cognito: Searching for users using the ListUsers API).
 */
export function parseUserFilter(text: string): UserFilter | undefined {
  if (text.trim() === '') return undefined;
  const parts = GRAMMAR.exec(text)?.groups;
  if (!parts) throw invalidParameter('Error while parsing filter.');
  const name = parts.quoted ?? parts.plain ?? '';
  if (!isFilterName(name)) throw invalidParameter(`Invalid search attribute: ${name}`);
  const value = (parts.value ?? '').replace(/\\(.)/gsu, '$1');
  return { name, operator: parts.operator === '=' ? '=' : '^=', value };
}

function isFilterName(name: string): name is FilterName {
  return NAMES.some((known) => known === name);
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
