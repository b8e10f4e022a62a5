import { boundedFetch } from '../bounded-fetch.ts';

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
  const response = await boundedFetch(address);
  if (!response.ok) throw new Error(`The provider answered ${response.status}.`);
  const value: unknown = await response.json();
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('The answer is no JSON object.');
  return value as Record<string, unknown>;
}
