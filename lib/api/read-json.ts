import type { ErrorCode } from '../errors.ts';
import { readBody } from '../http/read-body.ts';

/** How long a body may take to arrive, in milliseconds. */
const PATIENCE_MS = 10_000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** JSON has no parameters, and is UTF-8 where somebody says so all the same (RFC 8259 sections 8.1 and 11). */
const isJson = (contentType: string | null): boolean =>
  /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType?.trim() ?? '');

/** Only a body as it is (RFC 9110 section 8.4): what a small one inflates to cannot be told beforehand. */
const isPlain = (contentEncoding: string | null): boolean =>
  /^(identity)?$/i.test(contentEncoding?.trim() ?? '');

type ReadJson =
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
 * Reads the JSON that a request carries: UTF-8 without a byte order mark, not compressed, within 10,000 milliseconds. Of
 * members of one name the last counts.
 * @param most bytes
 */
export async function readJson(request: Request, most: number): Promise<ReadJson> {
  const { headers } = request;
  if (!isJson(headers.get('content-type')) || !isPlain(headers.get('content-encoding')))
    return refused('unsupported_media_type');
  if (Number(headers.get('content-length') ?? 0) > most) return refused('body_too_large');
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const body = await readBody(request.body, most, patience);
    return body ? { kind: 'read', value: JSON.parse(utf8.decode(body)) } : refused('body_too_large');
  } catch {
    return refused(patience.aborted ? 'request_timeout' : 'bad_request');
  }
}
