import { config } from '../config.ts';
import { type ErrorCode, type ErrorStatus, publicText, statusOf } from '../errors.ts';
import { countRefusal } from '../telemetry/metrics.ts';
import { statusPhrases } from './status-phrases.ts';
import { transportSecurity } from './transport-security.ts';

/** When to try again what did not answer. */
export const RETRY_AFTER_SECONDS = 5;

const privateResponse = (appUrl = config().appUrl) => ({
  'cache-control': 'private, no-store',
  vary: 'Cookie',
  ...transportSecurity(appUrl),
});

const apiResponse = () => ({
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  ...transportSecurity(config().appUrl),
});

/**
 * A redirect after which the browser asks with GET, whatever it asked with before: 307 and 308 would post a
 * password or a code on to the next site (RFC 9700 section 4.12).
 * @param location absolute, or a path on this application's own origin
 */
export function seeOther(location: string, origin: URL): Response {
  const headers = {
    ...privateResponse(origin),
    location: new URL(location, origin).href,
    'referrer-policy': 'no-referrer',
  };
  return new Response(null, { status: 303, headers });
}

/** A refusal in plain text, for requests that no page of ours sends. */
export function refusal(code: ErrorCode): Response {
  countRefusal(code, 'form');
  return new Response(`${publicText(code)}\n`, {
    status: statusOf(code),
    headers: { ...privateResponse(), 'content-type': 'text/plain; charset=utf-8' },
  });
}

/** The API's answer to what has been carried out and leaves nothing to say, or has not changed (304). */
export const noContent = (status: 204 | 304 = 204, headers: Record<string, string> = {}): Response =>
  new Response(null, { status, headers: { ...apiResponse(), ...headers } });

/** A JSON answer of the API. */
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers: { ...apiResponse(), ...headers } });

/** What is wrong with one part of a request. It quotes nothing that was sent. */
export interface InputError {
  readonly in: 'path' | 'query' | 'header' | 'body';
  /** The member, as `tags.0`; empty for the whole. */
  readonly field: string;
  readonly message: string;
}

interface ProblemFields {
  /** The `WWW-Authenticate` value, for 401 and for the errors of RFC 6750. */
  readonly challenge?: string;
  /** In place of the code's own. */
  readonly status?: ErrorStatus;
  readonly errors?: readonly InputError[];
  /** When to try again, in seconds. */
  readonly retryAfter?: number;
}

/** A problem document (RFC 9457). `code` is stable and for programs; `detail` is for people. */
export function problem(code: ErrorCode, fields: ProblemFields = {}): Response {
  const {
    challenge,
    status = statusOf(code),
    errors,
    retryAfter = status === 503 ? RETRY_AFTER_SECONDS : undefined,
  } = fields;
  countRefusal(code, 'api');
  const title = statusPhrases[status];
  const body = { type: 'about:blank', title, status, detail: publicText(code), code, errors };
  return Response.json(body, {
    status,
    headers: {
      ...apiResponse(),
      'content-type': 'application/problem+json',
      ...(challenge && { 'www-authenticate': challenge }),
      ...(retryAfter !== undefined && { 'retry-after': `${retryAfter}` }),
    },
  });
}
