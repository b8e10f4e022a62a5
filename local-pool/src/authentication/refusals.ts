import { CognitoError } from '../errors.ts';

/** @param message Cognito's own words */
export function notAuthorized(message: string): CognitoError {
  return new CognitoError('NotAuthorizedException', message);
}

/** @param message Cognito's own words */
export function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}

/** A wrong password, a wrong proof, a failed custom challenge: all sound alike. */
export const incorrectCredentials = (): CognitoError => notAuthorized('Incorrect username or password.');

/** A session that is no session, or not for this client, person or challenge. */
export const invalidSession = (): CognitoError => notAuthorized('Invalid session for the user.');

/** @throws CognitoError InvalidParameterException when the parameter is absent or blank */
export function requireParameter(parameters: Record<string, string>, name: string): string {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
