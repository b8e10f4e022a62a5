/** In bytes: far more than any form of ours, and far less than what would be worth sending twice. */
const LARGEST_FORM = 16_384;

async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) yield chunk;
}

/**
 * Reads the fields of a posted form.
 * @returns undefined for what no form of ours sends: another content type, over 16,384 bytes, or broken off
 */
export async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  const [type] = (request.headers.get('content-type') ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunksOf(request)) {
      size += chunk.byteLength;
      if (size > LARGEST_FORM) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
