import type { CustomFetchOptions } from 'openid-client';

/** Milliseconds for the whole answer (Cognito: a provider must answer in about five seconds). */
const PATIENCE_MS = 5000;
/** Bytes. Metadata and keys of large providers are some tens of kilobytes. */
const LARGEST_ANSWER = 256 * 1024;

/**
 * Fetches from a server that is not the local pool's own: in time, no more than it takes into memory, and without
 * following it anywhere else (a redirect is an answer like any other, and none that is `ok`). openid-client takes it as
 * its own fetch.
 * @returns the answer with its whole body
 * @throws Error when the server cannot be reached, is late, or answers at too great length
 */
export async function boundedFetch(
  address: string | URL,
  request: Partial<CustomFetchOptions> = {},
): Promise<Response> {
  const { signal = AbortSignal.timeout(PATIENCE_MS), body = null } = request;
  const settings = { ...request, signal, body: body as BodyInit | null, redirect: 'manual' } as const;
  const response = await fetch(address, settings);
  if (!response.body) return response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER) throw new Error('The answer is too long.');
    chunks.push(chunk);
  }
  const { status, statusText, headers } = response;
  return new Response(Buffer.concat(chunks), { status, statusText, headers });
}
