import type { Attempt, ChallengeName, Step } from './attempt.ts';
import { answerDevicePasswordVerifier } from './challenges/device-password-verifier.ts';
import { answerDeviceSrpAuth } from './challenges/device-srp-auth.ts';
import { answerNewPasswordRequired } from './challenges/new-password-required.ts';
import { answerPasswordVerifier } from './challenges/password-verifier.ts';
import { answerWebAuthn } from './challenges/web-authn.ts';
import type { OpenChallenge } from './open-challenge.ts';

/**
 * Judges an answer and says what follows. A right answer spends the session; a wrong one leaves it open where Cognito
 * lets people try again.
 */
export type AnswerChallenge = (
  attempt: Attempt,
  open: OpenChallenge,
  responses: Record<string, string>,
) => Promise<Step>;

/** Every challenge that can be answered, by its name on the wire. */
export const CHALLENGES: Partial<Record<ChallengeName, AnswerChallenge>> = {
  DEVICE_PASSWORD_VERIFIER: answerDevicePasswordVerifier,
  DEVICE_SRP_AUTH: answerDeviceSrpAuth,
  NEW_PASSWORD_REQUIRED: answerNewPasswordRequired,
  PASSWORD_VERIFIER: answerPasswordVerifier,
  WEB_AUTHN: answerWebAuthn,
};
