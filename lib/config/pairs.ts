/**
 * `name=value,name=value` with percent-encoded values, as OTEL_EXPORTER_OTLP_HEADERS is written.
 * @returns undefined for anything else
 */
export function parsePairs(value: string): Record<string, string> | undefined {
  const parts = value.split(',').filter((part) => part.trim() !== '');
  const pairs = parts.map((part) =>
    /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*((?:[^%]|%[\da-f]{2})*?)\s*$/i.exec(part),
  );
  if (pairs.includes(null)) return undefined;
  try {
    return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', decodeURIComponent(pair?.[2] ?? '')]));
  } catch {
    return undefined;
  }
}
