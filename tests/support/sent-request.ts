import type { MadeRequest, Part } from './api-requests.ts';

export interface SentRequest {
  path: string;
  headers: Record<string, string>;
  method: string;
  body: string | Uint8Array | undefined;
  /** Whether the operation is sure to be asked: the address is still its own, and not too long for Node.js. */
  reachesOperation: boolean;
}

/** Of the address and header fields, in bytes; Node.js refuses 16 KB with 431, and the token is a part of them. */
const LONGEST_HEAD = 10_000;
/** A redirect says the address twice, and this process refuses such a head as well. */
const LONGEST_QUERY = 2_500;

/** What a field of a header may hold (RFC 9110 section 5.5). */
const fieldValue = (text: string): string => text.replaceAll(/[^\t\x20-\x7e\xa0-\xff]/g, '').trim();

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
const asWritten = (text: string): string => text.replaceAll(/[^\x21-\x7e]/g, '%FF');

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** @param remembered texts of earlier answers */
export function sentRequest(made: MadeRequest, remembered: readonly string[]): SentRequest {
  const textOf = (part: Part | undefined): string => {
    if (part === undefined) return '';
    return 'text' in part ? part.text : (remembered[part.remembered % remembered.length] ?? 'nothing yet');
  };
  const segments = Object.fromEntries(
    Object.entries(made.params).map(([name, part]) => [name, (made.raw ? asWritten : encoded)(textOf(part))]),
  );
  const query = made.query
    .map(([name, part]) => `${encoded(name)}=${encoded(textOf(part))}`)
    .join('&')
    .slice(0, LONGEST_QUERY);
  const path = `${made.template.replaceAll(/\{(\w+)\}/g, (_, name) => segments[name] ?? '')}${query && `?${query}`}`;
  const fields = Object.entries(made.headers)
    .map(([name, part]) => [name, fieldValue(textOf(part))] as const)
    .filter(([, value]) => value !== '');
  const leavesAddress = Object.values(segments).some(
    (segment) => ['', '.', '..'].includes(decoded(segment)) || /[/\\?#]/.test(segment),
  );
  return {
    path,
    headers: {
      ...Object.fromEntries(fields),
      ...(made.contentType !== undefined && { 'content-type': made.contentType }),
      // Node.js frames no body of a GET or DELETE by itself.
      ...(made.body !== undefined && { 'content-length': `${Buffer.byteLength(made.body)}` }),
    },
    method: made.method,
    body: made.body,
    reachesOperation: !leavesAddress && path.length + fields.flat().join('').length < LONGEST_HEAD,
  };
}
