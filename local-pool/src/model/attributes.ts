import { CognitoError } from '../errors.ts';
import { type AppClient, isWritable } from './app-client.ts';
import type { SchemaAttribute } from './schema-attribute.ts';
import type { UserPool } from './user-pool.ts';

const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\]+\.[^\s@"(),:;<>[\]\\.]+$/;
const PHONE_NUMBER = /^\+[0-9]{1,15}$/;
const INVISIBLE = /\p{C}/u;

export function isEmail(value: string): boolean {
  return value.length <= 320 && EMAIL.test(value) && !INVISIBLE.test(value);
}

export function isPhoneNumber(value: string): boolean {
  return PHONE_NUMBER.test(value);
}

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
 * Refuses values that the pool's schema does not allow, and, for a new user, missing required ones.
 * @throws CognitoError InvalidParameterException.
 */
export function requireSchema(
  userPool: UserPool,
  attributes: Record<string, string>,
  options: { newUser: boolean },
): void {
  for (const [name, value] of Object.entries(attributes)) {
    const definition = userPool.schema.get(name);
    if (!definition) throw schemaError(`${name}: Attribute does not exist in the schema.`);
    requireValue(definition, value);
  }
  if (!options.newUser) return;
  for (const { name, required } of userPool.schema.values())
    if (required && !attributes[name]) throw schemaError(`${name}: The attribute is required`);
}

function requireValue({ name, type, ...limits }: SchemaAttribute, value: string): void {
  if (name === 'email' && !isEmail(value)) throw invalidParameter('Invalid email address format.');
  if (name === 'phone_number' && !isPhoneNumber(value))
    throw invalidParameter('Invalid phone number format.');
  if (type === 'Boolean' && value !== 'true' && value !== 'false')
    throw schemaError(`${name}: Attribute value must be true or false`);
  if (type === 'Number') {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number))
      throw schemaError(`${name}: Attribute value is not a number`);
    if (number < (limits.minValue ?? -Infinity)) throw schemaError(`${name}: Attribute value is too small`);
    if (number > (limits.maxValue ?? Infinity)) throw schemaError(`${name}: Attribute value is too large`);
  }
  if (type === 'String') {
    if (value.length < (limits.minLength ?? 0)) throw schemaError(`${name}: String is too short`);
    if (value.length > (limits.maxLength ?? 2048)) throw schemaError(`${name}: String is too long`);
  }
}

function schemaError(reason: string): CognitoError {
  return invalidParameter(`Attributes did not conform to the schema: ${reason}`);
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
