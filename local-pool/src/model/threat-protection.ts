import { CognitoError } from '../errors.ts';

/** The refusal of what only a pool with threat protection has, and a local pool has none (Cognito: Plus feature plan). */
export function requireThreatProtection(): never {
  throw new CognitoError(
    'UserPoolAddOnNotEnabledException',
    'Threat protection is not enabled for the user pool.',
  );
}
