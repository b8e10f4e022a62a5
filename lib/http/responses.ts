import { config } from '../config.ts';
import { type ErrorCode, publicText, statusOf } from '../errors.ts';
import { transportSecurity } from './transport-security.ts';

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
export const refusal = (code: ErrorCode): Response =>
  new Response(`${publicText(code)}\n`, {
    status: statusOf(code),
    headers: { ...privateResponse(), 'content-type': 'text/plain; charset=utf-8' },
  });

/** The API's answer to what has been carried out and leaves nothing to say. */
export const noContent = (): Response => new Response(null, { status: 204, headers: apiResponse() });

/** A JSON answer of the API. */
export const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: apiResponse() });

/**
 * A problem document (RFC 9457). `code` is stable and for programs; `title` is for people.
 * @param challenge the `WWW-Authenticate` value, for 401 and for the errors of RFC 6750
 */
export function problem(code: ErrorCode, challenge?: string, status = statusOf(code)): Response {
  const body = { type: 'about:blank', title: publicText(code), status, code };
  return Response.json(body, {
    status,
    headers: {
      ...apiResponse(),
      'content-type': 'application/problem+json',
      ...(challenge && { 'www-authenticate': challenge }),
      ...(status === 503 && { 'retry-after': '5' }),
    },
  });
}
