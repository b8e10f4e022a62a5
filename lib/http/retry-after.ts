/**
 * How long an answer asks to be left alone for (RFC 9110 section 10.2.3).
 * @param value of a `Retry-After` header: seconds, or a date
 * @param now milliseconds since the epoch
 * @returns milliseconds, 0 or more; undefined where the header is missing or says nothing that can be read
 */
export function retryAfter(value: string | null, now = Date.now()): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
