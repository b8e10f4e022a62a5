import { z } from 'zod';
import { authorizedFetch } from '../../lib/client/authorized-fetch.ts';
import { CognitoFetchError } from '../../lib/client/error.ts';
import { Failure } from './failure.ts';
import { readSignedIn } from './signed-in.ts';
import { storedTokens } from './stored-tokens.ts';

/** RFC 9457, as far as a person is told of it. */
const problem = z.object({ detail: z.string(), code: z.string() });

interface ApiRequest {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  body?: object;
  headers?: Record<string, string>;
}

interface ApiAnswer {
  /** JSON; undefined when there is none. */
  body: unknown;
  headers: Headers;
}

/** In milliseconds, for a whole call with everything that it waits for. */
const LONGEST_CALL_MS = 120_000;

async function refusalOf(response: Response): Promise<Failure> {
  const read = problem.safeParse(await response.json().catch(() => undefined));
  if (!read.success) return new Failure(`The API answered with ${response.status} and no reason.`);
  const { detail, code } = read.data;
  const scope = /\bscope="([^"]*)"/.exec(response.headers.get('www-authenticate') ?? '')?.[1];
  return new Failure(`${detail} (${response.status}, ${code}${scope ? `: ${scope}` : ''})`);
}

/**
 * Calls the API as the person who is signed in.
 * @param path below `/api/v1/`
 * @throws Failure, in the API's own words where it has some
 */
export async function callApi(
  file: string,
  path: string,
  { method = 'GET', body, headers }: ApiRequest = {},
): Promise<ApiAnswer> {
  const { api } = readSignedIn(file);
  const fetch = authorizedFetch(storedTokens(file), { baseUrl: new URL('/api/v1/', api) });
  const response = await fetch(path, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(LONGEST_CALL_MS),
  }).catch((error: unknown) => {
    if (error instanceof Failure || error instanceof CognitoFetchError) throw error;
    throw new Failure(`The API at ${api} does not answer.`);
  });
  if (!response.ok) throw await refusalOf(response);
  const text = await response.text();
  return { body: text ? JSON.parse(text) : undefined, headers: response.headers };
}
