/**
 * Reads a body to its end, or to where it is too long.
 * @param most bytes
 * @returns undefined for a longer one
 * @throws what the stream throws when it breaks off
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<ArrayBuffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return await new Blob(chunks as BlobPart[]).arrayBuffer();
}
