import { randomUUID } from 'node:crypto';
import type { OAuthError } from '../errors.ts';

const HEADERS = {
  'Content-Type': 'application/json;charset=UTF-8',
  'Cache-Control': 'no-cache, no-store, max-age=0, must-revalidate',
  Pragma: 'no-cache',
};

/** A JSON answer that nobody may keep, with a request id as Cognito's have. */
export function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...HEADERS, 'x-amz-cognito-request-id': randomUUID(), ...headers },
  });
}

/** The answer of RFC 6749 section 5.2. */
export function errorResponse({ error, description, status }: OAuthError): Response {
  const body = { error, ...(description !== undefined && { error_description: description }) };
  return jsonResponse(body, status, status === 401 ? { 'WWW-Authenticate': 'Basic realm="local pool"' } : {});
}
