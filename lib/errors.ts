/** Every failure that a person or a client of the API can meet: its HTTP status and the words they read. */
const errorTable = {
  bad_request: { status: 400, text: 'The request could not be understood.' },
  invalid_token: { status: 401, text: 'The token is missing, expired or not valid here.' },
  not_signed_in: { status: 401, text: 'Please sign in.' },
  cross_site_request: { status: 403, text: 'The request came from another site and was not carried out.' },
  forbidden: { status: 403, text: 'You are signed in, but this is not open to you.' },
  insufficient_scope: { status: 403, text: 'The access token does not carry the scope that this asks for.' },
  stale_sign_in: { status: 403, text: 'This asks for a more recent sign-in.' },
  second_factor_missing: { status: 403, text: 'This asks for a sign-in with a second factor.' },
  not_found: { status: 404, text: 'There is nothing at this address.' },
  method_not_allowed: { status: 405, text: 'This address does not answer that method.' },
  invalid_input: { status: 400, text: 'Some of what was sent is missing or not of the right form.' },
  request_timeout: { status: 408, text: 'The request took too long to arrive.' },
  body_too_large: { status: 413, text: 'The request is larger than this address takes.' },
  unsupported_media_type: { status: 415, text: 'This address takes JSON: application/json, not compressed.' },
  rate_limited: {
    status: 429,
    text: 'There were too many requests in a short time. Please wait as long as Retry-After says.',
  },
  internal_error: { status: 500, text: 'Something went wrong here. It has been recorded.' },
  too_many_requests: { status: 429, text: 'That was asked for a moment ago. Please wait a little.' },
  session_too_large: { status: 500, text: 'The account carries more claims than a session cookie can hold.' },
  user_pool_unavailable: {
    status: 503,
    text: 'The user pool does not answer at the moment. Please try again shortly.',
  },
  database_unavailable: {
    status: 503,
    text: 'This cannot be recorded at the moment, so it was not carried out. Please try again shortly.',
  },
  sign_in_expired: {
    status: 400,
    text: 'This sign-in was started too long ago, was already finished, or another one took its place.',
  },
  sign_in_refused: { status: 403, text: 'The user pool did not complete the sign-in.' },
  sign_in_misconfigured: {
    status: 500,
    text: 'The user pool refused this application. Its settings need attention.',
  },
  wrong_password: { status: 400, text: 'The current password is not right.' },
  password_refused: {
    status: 400,
    text: 'The user pool’s rules for passwords do not allow the new password.',
  },
  password_used_before: {
    status: 400,
    text: 'The new password was used for this account before. Please choose another one.',
  },
  password_uncertain: {
    status: 504,
    text: 'The user pool did not answer. Please try again: if your current password is not right any more, the new one is in force.',
  },
  too_many_attempts: {
    status: 429,
    text: 'There were too many attempts. Please wait a while and try again.',
  },
  no_password: {
    status: 409,
    text: 'This account has no password here: it signs in through another identity provider.',
  },
  session_refused: {
    status: 403,
    text: 'The user pool did not accept this session for that. Please sign out, sign in and try again.',
  },
  unknown_user: { status: 404, text: 'The user pool has no user of this name.' },
  aws_credentials_missing: {
    status: 500,
    text: 'This application has no AWS credentials, so it cannot administer the user pool.',
  },
  aws_access_denied: {
    status: 500,
    text: 'AWS does not allow this application to administer the user pool. Its permissions need attention.',
  },
  revision_required: {
    status: 428,
    text: 'This asks for the header field If-Match with the ETag that you have read.',
  },
  revision_mismatch: { status: 412, text: 'This has been changed since you read it.' },
  idempotency_key_reused: {
    status: 422,
    text: 'This Idempotency-Key was sent before with a different request.',
  },
  not_in_group: { status: 403, text: 'You can share only with groups that you are in yourself.' },
  machine_client_missing: {
    status: 500,
    text: 'This application has no app client of its own, so it cannot call other services as itself.',
  },
  machine_client_refused: {
    status: 500,
    text: 'The user pool refuses this application’s own app client. Its settings need attention.',
  },
  machine_token_unavailable: {
    status: 503,
    text: 'The user pool gives no token for calling other services at the moment. Please try again shortly.',
  },
  downstream_missing: { status: 404, text: 'This application is not told of a service to call.' },
  downstream_refused: { status: 502, text: 'The service did not accept this application’s access token.' },
  downstream_unreachable: {
    status: 504,
    text: 'The service did not answer, or not in a way that can be used. Please try again shortly.',
  },
  identity_pool_missing: {
    status: 404,
    text: 'This application is not told of an identity pool, so it hands out no AWS credentials.',
  },
  identity_pool_refused: { status: 403, text: 'The identity pool gives no AWS credentials to this account.' },
  identity_pool_misconfigured: {
    status: 500,
    text: 'The identity pool or its roles are not set up for this. Its settings need attention.',
  },
  identity_pool_throttled: {
    status: 503,
    text: 'The identity pool is asked too often at the moment. Please try again shortly.',
  },
  identity_pool_unavailable: {
    status: 503,
    text: 'The identity pool does not answer at the moment. Please try again shortly.',
  },
  role_rules_unreadable: {
    status: 500,
    text: 'This application may not read the identity pool’s rules, so it cannot tell which role they choose.',
  },
  tokens_rejected: { status: 502, text: 'The user pool answered with tokens that could not be verified.' },
} as const satisfies Record<string, { status: number; text: string }>;

export type ErrorCode = keyof typeof errorTable;
export type ErrorStatus = (typeof errorTable)[ErrorCode]['status'];

/**
 * A failure with a stable code. `code` decides status and public text; `detail` is for the log only
 * and must not hold a token, a code, a password or a cookie.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, detail?: string) {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }

  /** Next.js loads this module apart for pages, route handlers and the start: an error of one is one for the others. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'AppError';
  }
}

/** @returns the HTTP status that belongs to a code */
export const statusOf = (code: ErrorCode): ErrorStatus => errorTable[code].status;

/** @returns the sentence a person may read for a code */
export const publicText = (code: ErrorCode): string => errorTable[code].text;

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(errorTable, value);

/**
 * For a page that shows what failed in the place of what was asked for.
 * @throws whatever is no {@link AppError}
 */
export async function resultOrCode<Result>(work: Promise<Result>): Promise<Result | ErrorCode> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
