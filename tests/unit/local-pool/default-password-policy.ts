import type { PasswordPolicy } from '../../../local-pool/src/model/password-policy.ts';

/** Cognito's own, where a pool sets none. */
export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  minimumLength: 8,
  requireUppercase: true,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
  temporaryPasswordValidityDays: 7,
  historySize: 0,
};
