import { readBody } from './read-body.ts';

/** In bytes: far more than nearly any form of ours, and far less than what would be worth sending twice. */
const LARGEST_FORM = 16_384;

/**
 * Reads the fields of a posted form.
 * @param most bytes
 * @returns undefined for what no form of ours sends: another content type, more bytes (16,384 unless it is said), or broken off
 */
export async function readForm(request: Request, most = LARGEST_FORM): Promise<URLSearchParams | undefined> {
  const [type] = (request.headers.get('content-type') ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return undefined;
  const body = await readBody(request.body, most).catch(() => undefined);
  return body && new URLSearchParams(new TextDecoder().decode(body));
}
