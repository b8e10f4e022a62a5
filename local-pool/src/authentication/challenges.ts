import type { ChallengeName } from './attempt.ts';
import { answerCustomChallenge } from './challenges/custom-challenge.ts';
import { answerDevicePasswordVerifier } from './challenges/device-password-verifier.ts';
import { answerDeviceSrpAuth } from './challenges/device-srp-auth.ts';
import { answerEmailOtp } from './challenges/email-otp.ts';
import { answerMfaSetup } from './challenges/mfa-setup.ts';
import { answerNewPasswordRequired } from './challenges/new-password-required.ts';
import { answerPassword } from './challenges/password.ts';
import { answerPasswordSrp } from './challenges/password-srp.ts';
import { answerPasswordVerifier } from './challenges/password-verifier.ts';
import { answerSelectChallenge } from './challenges/select-challenge.ts';
import { answerMfaType } from './challenges/select-mfa-type.ts';
import { answerSmsMfa } from './challenges/sms-mfa.ts';
import { answerSmsOtp } from './challenges/sms-otp.ts';
import { answerSoftwareToken } from './challenges/software-token-mfa.ts';
import { answerWebAuthn } from './challenges/web-authn.ts';
import type { AnswerChallenge } from './open-challenge.ts';

/** Every challenge that can be answered, by its name on the wire. */
export const CHALLENGES: Partial<Record<ChallengeName, AnswerChallenge>> = {
  CUSTOM_CHALLENGE: answerCustomChallenge,
  DEVICE_PASSWORD_VERIFIER: answerDevicePasswordVerifier,
  DEVICE_SRP_AUTH: answerDeviceSrpAuth,
  EMAIL_OTP: answerEmailOtp,
  MFA_SETUP: answerMfaSetup,
  NEW_PASSWORD_REQUIRED: answerNewPasswordRequired,
  PASSWORD: answerPassword,
  PASSWORD_SRP: answerPasswordSrp,
  PASSWORD_VERIFIER: answerPasswordVerifier,
  SELECT_CHALLENGE: answerSelectChallenge,
  SELECT_MFA_TYPE: answerMfaType,
  SMS_MFA: answerSmsMfa,
  SMS_OTP: answerSmsOtp,
  SOFTWARE_TOKEN_MFA: answerSoftwareToken,
  WEB_AUTHN: answerWebAuthn,
};
