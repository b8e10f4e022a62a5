/** Second factors, as `UserMFASettingList` names them. */
export type MfaFactor = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP' | 'WEB_AUTHN';

/** First factors of choice-based sign-in (`AllowedFirstAuthFactors`). */
export type FirstFactor = 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';
