import { setTimeout as wait } from 'node:timers/promises';
import { CognitoFetchError } from './error.ts';
import { type OutgoingRequest, outgoingRequest } from './outgoing-request.ts';
import { retryAfter } from './retry-after.ts';

/** Where tokens come from. */
export interface TokenSource {
  /** @returns a token that has not expired; a signal ends the wait */
  token(signal: AbortSignal | undefined): Promise<string>;
  /** Told that an API refused a token with 401. @returns whether there is another one to try */
  renew(refused: string, signal: AbortSignal | undefined): Promise<boolean>;
}

export interface AuthorizedFetchOptions {
  /** The API. Relative addresses are relative to it, and the token goes to its origin and to no other. */
  baseUrl: URL;
  /** The header field, `Authorization` when absent, and what stands before the token there, `Bearer ` when absent. */
  header?: string | undefined;
  prefix?: string | undefined;
  /** Sends the requests; the global `fetch` when absent. */
  fetch?: typeof fetch | undefined;
}

export type AuthorizedFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const MOST_REDIRECTS = 5;
const MOST_WAITS = 3;
/** Whoever is told to wait longer than that, in milliseconds, is better told so. */
const LONGEST_WAIT_MS = 60_000;
/** Callers that were told the same do not all come back in the same moment. */
const SPREAD_MS = 250;

const isRedirect = ({ status, headers }: Response): boolean =>
  [301, 302, 303, 307, 308].includes(status) && headers.has('location');

/** A sign-in that is too old or too weak stays so when its tokens are refreshed (RFC 9470 section 3). */
const wantsAnotherSignIn = (response: Response): boolean =>
  /\berror="insufficient_user_authentication"/.test(response.headers.get('www-authenticate') ?? '');

/** @returns milliseconds; undefined for an answer that is final */
function pauseAfter(response: Response, waits: number): number | undefined {
  if (response.status !== 429 || waits >= MOST_WAITS) return undefined;
  const pause = retryAfter(response.headers.get('retry-after'), Date.now()) ?? 1_000 * 2 ** waits;
  return pause > LONGEST_WAIT_MS ? undefined : pause + Math.random() * SPREAD_MS;
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(milliseconds, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
}

/** An answer that nobody will read holds its connection until it is thrown away. */
const discard = async (response: Response): Promise<void> => void (await response.body?.cancel());

/**
 * A `fetch` that puts a bearer token into each request (RFC 6750 section 2.1). 401 is answered with one renewal and one
 * repetition; 429 with waiting for as long as `Retry-After` says, up to 60 seconds and three times. A body that is a
 * stream is sent once: its 401 or 429 is the answer. Redirects are followed for GET and HEAD within the origin.
 * @throws CognitoFetchError `foreign_origin`, `redirect_refused`, and what the source throws; the reason of the
 * caller's signal; what `fetch` throws
 */
export function authorizedFetch(source: TokenSource, options: AuthorizedFetchOptions): AuthorizedFetch {
  const { baseUrl, header = 'authorization', prefix = 'Bearer ', fetch: sendOut = fetch } = options;

  /** Follows redirects by hand: of a field that is not `Authorization`, `fetch` would not know that it is secret. */
  async function send(request: OutgoingRequest, token: string): Promise<Response> {
    const init = request.init({ [header]: `${prefix}${token}` });
    const follows = request.redirect === 'follow';
    for (let url = request.url, redirects = 0; ; redirects += 1) {
      const response = await sendOut(url, { ...init, redirect: follows ? 'manual' : request.redirect });
      if (!follows || !isRedirect(response)) return response;
      await discard(response);
      const next = URL.parse(response.headers.get('location') ?? '', url);
      if (next?.origin !== baseUrl.origin) throw new CognitoFetchError('redirect_refused', next?.origin);
      if (!['GET', 'HEAD'].includes(request.method))
        throw new CognitoFetchError('redirect_refused', `${request.method} is not repeated elsewhere`);
      if (redirects === MOST_REDIRECTS) throw new CognitoFetchError('redirect_refused', 'too many redirects');
      url = next;
    }
  }

  return async (input, init = {}) => {
    const request = outgoingRequest(input, init, baseUrl);
    const { url, signal, repeatable } = request;
    if (url.origin !== baseUrl.origin) throw new CognitoFetchError('foreign_origin', url.origin);
    for (let waits = 0, renewed = false; ; ) {
      signal?.throwIfAborted();
      const token = await source.token(signal);
      const response = await send(request, token);
      const pauseMs = repeatable ? pauseAfter(response, waits) : undefined;
      if (pauseMs !== undefined) {
        waits += 1;
        await discard(response);
        await pause(pauseMs, signal);
      } else if (response.status === 401 && !renewed && !wantsAnotherSignIn(response)) {
        renewed = true;
        if (!(await source.renew(token, signal)) || !repeatable) return response;
        await discard(response);
      } else return response;
    }
  };
}
