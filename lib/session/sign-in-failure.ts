import { AppError, type ErrorCode } from '../errors.ts';

/** What next-auth and its OpenID client say of a failed sign-in, in the order in which they are asked. */
const causes: readonly (readonly [RegExp, ErrorCode])[] = [
  [/invalid_client|unauthorized_client/, 'sign_in_misconfigured'],
  [/cookie was|could not be parsed|ERR_JW[ET]_|state mismatch|invalid_grant/, 'sign_in_expired'],
  [
    /ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|timed out|socket|expected 200 OK, got: (429|5)/,
    'user_pool_unavailable',
  ],
];

/** @returns the code under which a person is told why the sign-in failed; by default its tokens are to blame */
export function signInFailure(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code;
  if (!(error instanceof Error)) return 'tokens_rejected';
  const said = `${'code' in error ? error.code : ''} ${error.message}`;
  return causes.find(([pattern]) => pattern.test(said))?.[1] ?? 'tokens_rejected';
}
