import { readBody } from './read-body.ts';

export const DEADLINE_MS = 5_000;
export const LARGEST_BODY = 256 * 1024;

/** The peer did not answer in time, or not in a size or an encoding that an honest one would. */
export class UnansweredError extends Error {
  constructor(reason: 'deadline' | 'too large' | 'encoding' | 'network', options?: ErrorOptions) {
    super(reason, options);
    this.name = 'UnansweredError';
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** JSON is UTF-8 without a byte order mark (RFC 8259 section 8.1); `Response.json()` would repair what is not. */
function requireUtf8(body: ArrayBuffer): void {
  try {
    if (!utf8.decode(body).startsWith('\uFEFF')) return;
  } catch (cause) {
    throw new UnansweredError('encoding', { cause });
  }
  throw new UnansweredError('encoding');
}

/**
 * `fetch` for talking to a user pool: the whole answer within 5,000 milliseconds and 262,144 bytes, in UTF-8, no
 * redirect followed, and never out of or into Next's shared data cache, where one user's tokens could reach another.
 * @param init a `signal` takes the deadline's place
 * @throws UnansweredError
 */
export async function deadlineFetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
  // The edge runtime has no AbortSignal.any, which would combine the two.
  const signal = init.signal ?? AbortSignal.timeout(DEADLINE_MS);
  try {
    const response = await fetch(url, { ...init, cache: 'no-store', redirect: 'error', signal });
    const body = await readBody(response.body, LARGEST_BODY, signal);
    if (!body) throw new UnansweredError('too large');
    requireUtf8(body);
    const bodyless = [101, 204, 205, 304].includes(response.status);
    return new Response(bodyless ? null : body, { status: response.status, headers: response.headers });
  } catch (error) {
    if (error instanceof UnansweredError) throw error;
    throw new UnansweredError(signal.aborted ? 'deadline' : 'network', { cause: error });
  }
}
