/** A request as `fetch` was asked for it, taken apart so that it can be sent with another token. */
export interface OutgoingRequest {
  readonly url: URL;
  readonly method: string;
  readonly redirect: RequestRedirect;
  readonly signal: AbortSignal | undefined;
  /** Whether it can be sent twice: a stream is gone once it has been read. */
  readonly repeatable: boolean;
  /** What `fetch` is called with, with these header fields besides the caller's own. */
  init(fields: Record<string, string>): RequestInit;
}

const isStream = (body: unknown): boolean =>
  body instanceof ReadableStream ||
  (typeof body === 'object' && body !== null && Symbol.asyncIterator in body);

/**
 * Reads the arguments of `fetch`; what `init` says counts for more than the request (Fetch standard: Request).
 * @param base what a relative address is relative to
 * @throws TypeError when the address is none
 */
export function outgoingRequest(
  input: string | URL | Request,
  init: RequestInit,
  base: URL,
): OutgoingRequest {
  const given = input instanceof Request ? input : undefined;
  const body = init.body === undefined ? given?.body : init.body;
  const streams = isStream(body);
  return {
    url: new URL(given?.url ?? String(input), base),
    method: (init.method ?? given?.method ?? 'GET').toUpperCase(),
    redirect: init.redirect ?? given?.redirect ?? 'follow',
    signal: init.signal ?? given?.signal,
    repeatable: !streams,
    init(fields) {
      const headers = new Headers(init.headers ?? given?.headers);
      for (const [name, value] of Object.entries(fields)) headers.set(name, value);
      return {
        ...init,
        method: this.method,
        headers,
        ...(body != null && { body }),
        ...(this.signal && { signal: this.signal }),
        // Node.js wants to be told that the answer is not awaited before the stream ends.
        ...(streams && { duplex: 'half' }),
      };
    },
  };
}
