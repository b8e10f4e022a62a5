import { OAuthError } from '../../errors.ts';
import { findRepeatedParameter } from './repeated-parameter.ts';

/**
 * The form of a POST to an OAuth endpoint. Parameters without a value count as left out (RFC 6749 section 3.2).
 * @throws OAuthError invalid_request for another content type or a repeated parameter.
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded')
    throw new OAuthError('invalid_request', 'The body must be application/x-www-form-urlencoded');
  const form = new URLSearchParams(await request.text());
  const repeated = findRepeatedParameter(form);
  if (repeated) throw new OAuthError('invalid_request', 'A parameter is given more than once');
  for (const [name, value] of [...form]) if (value === '') form.delete(name);
  return form;
}

/** @throws OAuthError invalid_request when the parameter is missing. */
export function requireParameter(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null) throw new OAuthError('invalid_request', `${name} is missing`);
  return value;
}
