import { CognitoError } from '../errors.ts';
import { type AppClient, isWritable } from './app-client.ts';
import type { SchemaAttribute } from './schema-attribute.ts';
import { normaliseName } from './user-names.ts';
import type { UserPool } from './user-pool.ts';

const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\]+\.[^\s@"(),:;<>[\]\\.]+$/;
const PHONE_NUMBER = /^\+[0-9]{1,15}$/;
const INVISIBLE = /\p{C}/u;
/** Characters (Cognito: User pool attributes). */
const LONGEST_VALUE = 2048;
const SIGN_IN_ATTRIBUTES = ['email', 'phone_number', 'preferred_username'];

export function isEmail(value: string): boolean {
  return value.length <= 320 && EMAIL.test(value) && !INVISIBLE.test(value);
}

export function isPhoneNumber(value: string): boolean {
  return PHONE_NUMBER.test(value);
}

const ADDRESS_FORMS = [
  ['email', 'email', isEmail],
  ['phone_number', 'phone number', isPhoneNumber],
] as const;

/**
 * Refuses attributes that a client may not write.
 * @throws CognitoError NotAuthorizedException (Cognito: Attribute permissions and scopes).
 */
export function requireWritable(client: AppClient, attributes: Record<string, string>): void {
  for (const name of Object.keys(attributes))
    if (!isWritable(client, name))
      throw new CognitoError('NotAuthorizedException', 'A client attempted to write unauthorized attribute');
}

/**
 * Attributes in the form in which they are stored: names that sign in are composed alike, and lower-case where the pool
 * does not tell case apart (Cognito: User pool case sensitivity).
 */
export function normaliseAttributes(
  userPool: UserPool,
  attributes: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      SIGN_IN_ATTRIBUTES.includes(name) ? normaliseName(userPool, value) : value,
    ]),
  );
}

/**
 * Refuses values that the pool's schema does not allow, and, for a new user, missing required ones. A preferred username
 * that is an alias needs no verification, so it must not be what somebody else could verify as theirs: Cognito says this
 * of usernames (Customizing sign-in attributes), and leaves open what it does here.
 * @throws CognitoError InvalidParameterException.
 */
export function requireSchema(
  userPool: UserPool,
  attributes: Record<string, string>,
  options: { newUser: boolean },
): void {
  for (const [name, value] of Object.entries(attributes))
    requireValue(requireAttribute(userPool, name), value);
  requireNoAddress(userPool, attributes.preferred_username);
  if (!options.newUser) return;
  for (const { name, required } of userPool.schema.values())
    if (required && name !== 'sub' && !attributes[name]) throw missingAttribute(name);
}

function requireNoAddress(userPool: UserPool, preferredUsername = ''): void {
  const { aliasAttributes } = userPool;
  if (!aliasAttributes.includes('preferred_username')) return;
  const name = normaliseName(userPool, preferredUsername);
  for (const [alias, form, isOfForm] of ADDRESS_FORMS)
    if (aliasAttributes.includes(alias) && isOfForm(name))
      throw invalidParameter(
        `Preferred username cannot be of ${form} format, since user pool is configured for ${form} alias.`,
      );
}

/** @throws CognitoError InvalidParameterException for an attribute that the pool does not have. */
export function requireAttribute(userPool: UserPool, name: string): SchemaAttribute {
  const definition = userPool.schema.get(name);
  if (!definition) throw schemaError(`${name}: Attribute does not exist in the schema.\n`);
  return definition;
}

/** The refusal to do without a required attribute. */
export function missingAttribute(name: string): CognitoError {
  return schemaError(`${name}: The attribute is required\n`);
}

function requireValue({ name, type, ...limits }: SchemaAttribute, value: string): void {
  if (name === 'email' && !isEmail(value)) throw invalidParameter('Invalid email address format.');
  if (name === 'phone_number' && !isPhoneNumber(value))
    throw invalidParameter('Invalid phone number format.');
  if (type === 'Boolean' && value !== 'true' && value !== 'false')
    throw schemaError(`${name}: Attribute value must be true or false\n`);
  if (type === 'Number') {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number))
      throw schemaError(`${name}: Attribute value is not a number\n`);
    if (number < (limits.minValue ?? -Infinity)) throw schemaError(`${name}: Attribute value is too small\n`);
    if (number > (limits.maxValue ?? Infinity)) throw schemaError(`${name}: Attribute value is too large\n`);
  }
  if (type === 'DateTime' && Number.isNaN(Date.parse(value)))
    throw schemaError(`${name}: Attribute value is not a date\n`);
  if (type === 'String') {
    if (value.length < (limits.minLength ?? 0)) throw schemaError(`${name}: String is too short\n`);
    if (value.length > (limits.maxLength ?? LONGEST_VALUE))
      throw schemaError(`${name}: String is too long\n`);
  }
}

function schemaError(reason: string): CognitoError {
  return invalidParameter(`Attributes did not conform to the schema: ${reason}`);
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
