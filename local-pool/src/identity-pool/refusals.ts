import { CognitoError } from '../errors.ts';

/** The refusals of identity pools in Cognito's words (section 5.5 of the behaviour notes, and issues that quote them). */
export const refusals = {
  unknownPool: (id: string) =>
    new CognitoError('ResourceNotFoundException', `IdentityPool '${id}' not found.`),
  unknownIdentity: (id: string) =>
    new CognitoError('ResourceNotFoundException', `Identity '${id}' not found.`),
  guests: () => notAuthorized('Unauthenticated access is not supported for this identity pool.'),
  unsupportedProvider: () => notAuthorized('Token is not from a supported provider of this identity pool.'),
  loginsDoNotMatch: () => notAuthorized(LOGINS_DO_NOT_MATCH),
  /** A login that belongs to another identity. */
  conflict: () => new CognitoError('ResourceConflictException', LOGINS_DO_NOT_MATCH),
  forbidden: (identityId: string) => notAuthorized(`Access to Identity '${identityId}' is forbidden.`),
  ambiguousRole: () => notAuthorized('The ambiguous role mapping rules denied this request'),
  noRole: () =>
    new CognitoError(
      'InvalidIdentityPoolConfigurationException',
      'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    ),
  classicFlow: () => invalidParameter('Basic (classic) flow is not enabled, please use enhanced flow.'),
  /** @param reason as Cognito says it, with its full stop */
  loginToken: (reason: string) => notAuthorized(`Invalid login token. ${reason}`),
};

const LOGINS_DO_NOT_MATCH =
  "Logins don't match. Please include at least one valid login for this identity or identity pool.";

function notAuthorized(message: string): CognitoError {
  return new CognitoError('NotAuthorizedException', message);
}

/** A refusal of input that has the right shape. @param message with its full stop */
export function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
