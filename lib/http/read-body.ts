/**
 * Reads a body to its end, or to where it is too long.
 * @param most bytes
 * @param signal ends the reading. That a request was sent with it is not enough: in the middleware of a busy application
 * a body that trickled was read on after the request's own had fired
 * @returns undefined for a longer one
 * @throws what the stream throws when it breaks off, and the reason of the signal
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  most: number,
  signal?: AbortSignal,
): Promise<ArrayBuffer | undefined> {
  if (!body) return new ArrayBuffer(0);
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.byteLength;
      if (size > most) return undefined;
      chunks.push(read.value);
    }
    signal?.throwIfAborted();
    return await new Blob(chunks as BlobPart[]).arrayBuffer();
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}
