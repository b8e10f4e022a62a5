/** @returns what finds an error of the server again in its log: Next's digest, never the error's own text */
export function errorReference(error: unknown): string | undefined {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined;
  return typeof digest === 'string' ? digest : undefined;
}
