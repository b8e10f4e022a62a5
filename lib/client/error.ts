/** What can go wrong besides the network, and what each means for whoever wrote the script. */
const texts = {
  invalid_options: 'The options cannot be used',
  sign_in_refused: 'The user pool refused the sign-in',
  challenge_unanswered: 'The user pool asks for something that nobody answers',
  refresh_refused: 'The user pool refused the refresh token: sign in again',
  signed_out: 'The sign-in has ended',
  user_pool_unavailable: 'The user pool does not answer',
  foreign_origin: 'The request goes to another origin than the token is for, and was not sent',
  redirect_refused: 'The answer redirects to where the token must not go',
} as const satisfies Record<string, string>;

export type CognitoFetchErrorCode = keyof typeof texts;

/** A failure with a stable code. The message names settings, challenges and exceptions, and never holds a token or a password. */
export class CognitoFetchError extends Error {
  readonly code: CognitoFetchErrorCode;
  /** The name of the user pool's exception or challenge, where it gave one. */
  readonly reason: string | undefined;

  constructor(code: CognitoFetchErrorCode, reason?: string) {
    super(reason ? `${texts[code]}: ${reason}` : texts[code]);
    this.name = 'CognitoFetchError';
    this.code = code;
    this.reason = reason;
  }
}
