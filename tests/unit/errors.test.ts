import { expect, it } from 'vitest';
import { AppError, isErrorCode, publicText, statusOf } from '../../lib/errors.ts';

const statuses = {
  bad_request: 400,
  invalid_token: 401,
  not_signed_in: 401,
  cross_site_request: 403,
  forbidden: 403,
  insufficient_scope: 403,
  stale_sign_in: 403,
  not_found: 404,
  method_not_allowed: 405,
  session_too_large: 500,
  user_pool_unavailable: 503,
  database_unavailable: 503,
  sign_in_expired: 400,
  sign_in_refused: 403,
  sign_in_misconfigured: 500,
  tokens_rejected: 502,
  wrong_password: 400,
  password_refused: 400,
  password_used_before: 400,
  password_uncertain: 504,
  too_many_attempts: 429,
  no_password: 409,
  session_refused: 403,
  unknown_user: 404,
  aws_credentials_missing: 500,
  aws_access_denied: 500,
  machine_client_missing: 500,
  machine_client_refused: 500,
  machine_token_unavailable: 503,
  downstream_missing: 404,
  downstream_refused: 502,
  downstream_unreachable: 504,
} as const;

const codes = Object.keys(statuses) as (keyof typeof statuses)[];

it.each(codes)('%s has its status and a sentence for people', (code) => {
  expect(isErrorCode(code)).toBe(true);
  expect(statusOf(code)).toBe(statuses[code]);
  expect(publicText(code)).toMatch(/^[A-Z][^{}<>]{10,}\.$/);
});

it.each([
  '',
  'Forbidden',
  'toString',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  undefined,
  null,
  403,
  {},
])('%j is no code', (value) => {
  expect(isErrorCode(value)).toBe(false);
});

it('an error carries its code, and a detail for the log', () => {
  expect(new AppError('tokens_rejected', 'at_hash')).toMatchObject({
    name: 'AppError',
    code: 'tokens_rejected',
    detail: 'at_hash',
    message: 'tokens_rejected: at_hash',
  });
  expect(new AppError('forbidden')).toMatchObject({ detail: undefined, message: 'forbidden' });
});

it('what people read never holds the detail', () => {
  const error = new AppError('tokens_rejected', 'detail-for-the-log');
  expect(publicText(error.code)).not.toContain('detail-for-the-log');
});

it('an error of another copy of the module is one as well', () => {
  expect(Object.assign(new Error(), { name: 'AppError', code: 'forbidden' })).toBeInstanceOf(AppError);
  expect(new Error('forbidden')).not.toBeInstanceOf(AppError);
  expect({ name: 'AppError', code: 'forbidden' }).not.toBeInstanceOf(AppError);
});
