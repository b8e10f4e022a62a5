/** The name of a parameter that is given more than once, which RFC 6749 section 3.1 forbids. */
export function findRepeatedParameter(parameters: URLSearchParams): string | undefined {
  const seen = new Set<string>();
  for (const name of parameters.keys()) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}
