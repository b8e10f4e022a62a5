import { processWide } from '../process-wide.ts';
import { requestScope } from '../request-scope.ts';
import type { LiveSession } from './current.ts';

interface Verified extends LiveSession {
  cookie: string;
}

const verified = processWide('verified-sessions', () => new WeakMap<object, Verified>());

/**
 * Keeps a session that has been verified, until its request has been answered, for the guards that come after: to read the
 * cookies and to verify them costs a page more than all else that its guard does (docs/decisions/017-verified-once.md).
 * @param cookie the Cookie header that holds the session, as it is handed on
 */
export function keepVerified(cookie: string | null, { session, access }: LiveSession): void {
  const request = requestScope();
  if (request && cookie) verified.set(request, { cookie, session, access });
}

/**
 * @param cookie the Cookie header that is to be judged
 * @returns the session that was verified in this process, for this request and out of the very same header; undefined where
 *   none was: nothing may be concluded from that. A copy, because an object of the middleware's sandbox has other
 *   prototypes than one of a page
 */
export function alreadyVerified(cookie: string | null): LiveSession | undefined {
  const request = requestScope();
  const known = request && verified.get(request);
  if (known?.cookie !== cookie) return undefined;
  return structuredClone({ session: known.session, access: known.access });
}
