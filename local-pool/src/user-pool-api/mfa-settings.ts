import type { FactorSettings } from '../model/mfa-preference.ts';

interface MfaSettings {
  Enabled?: boolean | undefined;
  PreferredMfa?: boolean | undefined;
}

/** What SetUserMFAPreference and its administrator's twin say of each factor (API reference: SMSMfaSettingsType …). */
export function factorSettings(input: {
  SMSMfaSettings?: MfaSettings | undefined;
  SoftwareTokenMfaSettings?: MfaSettings | undefined;
  EmailMfaSettings?: MfaSettings | undefined;
  WebAuthnMfaSettings?: MfaSettings | undefined;
}): FactorSettings {
  return {
    SMS_MFA: settingOf(input.SMSMfaSettings),
    SOFTWARE_TOKEN_MFA: settingOf(input.SoftwareTokenMfaSettings),
    EMAIL_OTP: settingOf(input.EmailMfaSettings),
    WEB_AUTHN: settingOf(input.WebAuthnMfaSettings),
  };
}

/** The legacy list of SetUserSettings knows of SMS alone: named = on, missing = off (API reference: MFAOptionType). */
export function legacyFactorSettings(options: { DeliveryMedium?: string | undefined }[]): FactorSettings {
  return { SMS_MFA: { enabled: options.some(({ DeliveryMedium }) => DeliveryMedium === 'SMS') } };
}

function settingOf(settings: MfaSettings | undefined) {
  return settings && { enabled: settings.Enabled, preferred: settings.PreferredMfa };
}
