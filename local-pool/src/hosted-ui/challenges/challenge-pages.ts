import type { ChallengeName } from '../../authentication/attempt.ts';
import type { ChallengePage } from './challenge-page-type.ts';
import { appLead, codePage } from './code-page.ts';
import { firstFactorPage } from './first-factor.ts';
import { mfaSetupPage } from './mfa-setup.ts';
import { mfaTypePage } from './mfa-type.ts';
import { newPasswordPage } from './new-password.ts';
import { passkeyPage } from './passkey.ts';

/**
 * The challenges that have a page. Custom ones have none, because Cognito's pages never begin a custom authentication;
 * devices have none, because a browser brings no device key.
 */
export const CHALLENGE_PAGES: Partial<Record<ChallengeName, ChallengePage>> = {
  EMAIL_OTP: codePage({ title: 'Check your email' }),
  MFA_SETUP: mfaSetupPage,
  NEW_PASSWORD_REQUIRED: newPasswordPage,
  SELECT_CHALLENGE: firstFactorPage,
  SELECT_MFA_TYPE: mfaTypePage,
  SMS_MFA: codePage({ title: 'Check your phone' }),
  SMS_OTP: codePage({ title: 'Check your phone' }),
  SOFTWARE_TOKEN_MFA: codePage({ title: 'Enter your code' }, appLead),
  WEB_AUTHN: passkeyPage,
};
