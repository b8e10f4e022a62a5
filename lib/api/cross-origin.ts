import { config } from '../config.ts';
import { noContent } from '../http/responses.ts';
import { requestHeaders, responseHeaders } from './header-fields.ts';

/** How long a browser may remember the answer to a preflight, in seconds. */
const PREFLIGHT_AGE = '600';

/**
 * What pages of another origin may see of an answer: nothing, unless the origin is on the list of the configuration
 * (Fetch Standard: CORS protocol). Never with credentials, because cookies mean nothing here.
 * @returns header fields; `vary` is there whenever the answer depends on the origin
 */
export function crossOriginHeaders(request: Request): Record<string, string> {
  const { apiOrigins } = config();
  if (apiOrigins.length === 0) return {};
  const origin = request.headers.get('origin');
  if (origin === null || !apiOrigins.includes(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': responseHeaders.join(', '),
  };
}

/** Answers OPTIONS: what may be done here, and a preflight for the origins of the list. */
export function preflight(request: Request, methods: readonly string[]): Response {
  const headers = new Headers({ allow: [...methods, 'OPTIONS'].join(', '), ...crossOriginHeaders(request) });
  if (headers.has('access-control-allow-origin')) {
    headers.set('access-control-allow-methods', methods.join(', '));
    headers.set('access-control-allow-headers', requestHeaders.join(', '));
    headers.set('access-control-max-age', PREFLIGHT_AGE);
  }
  return noContent(204, Object.fromEntries(headers));
}
