import { CognitoError } from '../errors.ts';

export interface PasswordPolicy {
  minimumLength: number;
  requireUppercase: boolean;
  requireLowercase: boolean;
  requireNumbers: boolean;
  requireSymbols: boolean;
  /** Days: how long a temporary password is good. */
  temporaryPasswordValidityDays: number;
  /** How many former passwords may not come back. */
  historySize: number;
}

const SYMBOL = /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+= ]/;

/**
 * Refuses a password that breaks the policy, naming the first broken rule as Cognito does.
 * @throws CognitoError InvalidPasswordException, or InvalidParameterException for the shape (Cognito: Password policy).
 */
export function requirePasswordPolicy(policy: PasswordPolicy, password: string): void {
  if (password.length === 0 || password.length > 256 || password !== password.trim())
    throw new CognitoError(
      'InvalidParameterException',
      "1 validation error detected: Value at 'password' failed to satisfy constraint: " +
        'Member must have 1 to 256 characters and no space at its ends',
    );
  const broken = brokenRule(policy, password);
  if (broken)
    throw new CognitoError('InvalidPasswordException', `Password did not conform with policy: ${broken}`);
}

function brokenRule(policy: PasswordPolicy, password: string): string | undefined {
  if (password.length < policy.minimumLength) return 'Password not long enough';
  if (policy.requireLowercase && !/[a-z]/.test(password)) return 'Password must have lowercase characters';
  if (policy.requireUppercase && !/[A-Z]/.test(password)) return 'Password must have uppercase characters';
  if (policy.requireNumbers && !/[0-9]/.test(password)) return 'Password must have numeric characters';
  if (policy.requireSymbols && !SYMBOL.test(password)) return 'Password must have symbol characters';
  return undefined;
}
