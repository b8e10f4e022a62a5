/** @returns a cookie's name without the generation of its session: `session-1800000000.0` becomes `session.0` */
export const withoutGeneration = (name: string): string =>
  name.replace(/^((?:__Host-)?(?:session|refresh))-\d+/, '$1');

/** @returns the names of the cookies that `Set-Cookie` lines set, without generations and sorted; not of those they clear */
export function namesSet(lines: readonly string[]): string[] {
  const set = lines.filter((line) => !/; *max-age=0\b/i.test(line));
  // Next.js says some twice when a page redirects.
  return [...new Set(set.map((line) => withoutGeneration(line.split('=')[0] ?? '')))].sort();
}

/** @returns the names of cookies without generations, sorted */
export const namesOf = (cookies: Record<string, string>): string[] =>
  Object.keys(cookies).map(withoutGeneration).sort();

/** @returns the value of the one cookie that has this name but for its generation; empty where there is none */
export function cookieNamed(cookies: Record<string, string>, name: string): string {
  const found = Object.entries(cookies).filter(([own]) => withoutGeneration(own) === name);
  if (found.length > 1) throw new Error(`${found.length} cookies are called ${name}`);
  return found[0]?.[1] ?? '';
}
