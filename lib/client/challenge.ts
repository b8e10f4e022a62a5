/** What Cognito wants as the answer to each challenge, besides the user name (Cognito: RespondToAuthChallenge). */
export interface ChallengeAnswers {
  SOFTWARE_TOKEN_MFA: { SOFTWARE_TOKEN_MFA_CODE: string };
  SMS_MFA: { SMS_MFA_CODE: string };
  EMAIL_OTP: { EMAIL_OTP_CODE: string };
  /** Which second factor: one of those that `MFAS_CAN_CHOOSE` lists. */
  SELECT_MFA_TYPE: { ANSWER: string };
  NEW_PASSWORD_REQUIRED: { NEW_PASSWORD: string; [attribute: `userAttributes.${string}`]: string };
}

export type ChallengeName = keyof ChallengeAnswers;

/** One function for each challenge that can be answered; it is given the challenge's parameters. */
export type OnChallenge = {
  readonly [Name in ChallengeName]?: (
    parameters: Readonly<Record<string, string>>,
  ) => ChallengeAnswers[Name] | Promise<ChallengeAnswers[Name]>;
};

/** @returns what answers a challenge of this name; undefined when nothing does */
export const handlerOf = (onChallenge: OnChallenge, name: string) =>
  Object.hasOwn(onChallenge, name) ? onChallenge[name as ChallengeName] : undefined;
