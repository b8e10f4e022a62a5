import type { ErrorCode } from '../errors.ts';
import { readBody } from '../http/read-body.ts';

/** How long a body may take to arrive, in milliseconds. */
const PATIENCE_MS = 10_000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** JSON has no parameters, and is UTF-8 where somebody says so all the same (RFC 8259 sections 8.1 and 11). */
const isJson = (contentType: string | null): boolean =>
  /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType?.trim() ?? '');

export type ReadJson =
  | { kind: 'read'; value: unknown }
  | {
      kind: 'refused';
      code: Extract<
        ErrorCode,
        'bad_request' | 'request_timeout' | 'body_too_large' | 'unsupported_media_type'
      >;
    };

const refused = (code: Extract<ReadJson, { kind: 'refused' }>['code']): ReadJson => ({
  kind: 'refused',
  code,
});

/**
 * Reads the JSON that a request carries: UTF-8 without a byte order mark, within 10,000 milliseconds.
 * @param most bytes
 */
export async function readJson(request: Request, most: number): Promise<ReadJson> {
  if (!isJson(request.headers.get('content-type'))) return refused('unsupported_media_type');
  if (Number(request.headers.get('content-length') ?? 0) > most) return refused('body_too_large');
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const body = await readBody(request.body, most, patience);
    return body ? { kind: 'read', value: JSON.parse(utf8.decode(body)) } : refused('body_too_large');
  } catch {
    return refused(patience.aborted ? 'request_timeout' : 'bad_request');
  }
}
