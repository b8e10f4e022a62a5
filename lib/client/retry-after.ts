/**
 * Reads `Retry-After` in both its forms (RFC 9110 section 10.2.3).
 * @param now milliseconds since the epoch
 * @returns milliseconds to wait; undefined when the field is absent or says nothing that can be understood
 */
export function retryAfter(field: string | null, now: number): number | undefined {
  const text = field?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // Only a date of HTTP begins with a word; the parser would take "-5" or "1.5" for a year.
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
