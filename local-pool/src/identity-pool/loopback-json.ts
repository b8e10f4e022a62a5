/** Milliseconds for the whole answer. */
const PATIENCE_MS = 5000;
/** Bytes. */
const LARGEST_ANSWER = 256 * 1024;

/** Whether an address is on this machine: the local pool never calls any other. */
export function isLoopback(address: string): boolean {
  return (
    URL.canParse(address) &&
    ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname) &&
    /^https?:$/.test(new URL(address).protocol)
  );
}

/**
 * Fetches JSON from this machine.
 * @throws Error when the address is elsewhere, the answer is late, long, redirected, an error or no JSON object
 */
export async function fetchLoopbackJson(address: string): Promise<Record<string, unknown>> {
  if (!isLoopback(address)) throw new Error('The address is not on this machine.');
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(`The provider answered ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER) throw new Error('The answer is too long.');
    chunks.push(chunk);
  }
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('The answer is no JSON object.');
  return value as Record<string, unknown>;
}
