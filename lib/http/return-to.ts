const SENTINEL = 'https://sentinel.invalid';
const LONGEST = 2_048;

/**
 * Reduces whatever a browser sent as the page to return to, to a path on this origin.
 * It is resolved as a browser would, on an origin that cannot exist; what leaves that origin is refused. Looking
 * for a leading slash instead lets `//host`, `/\host` and `/<tab>/host` out (RFC 9700 section 4.11).
 * @returns path, query and fragment of a page, starting with exactly one slash; `fallback` for everything else
 */
export function returnPath(value: unknown, fallback = '/home'): string {
  if (typeof value !== 'string' || value.length > LONGEST) return fallback;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being refused
  if (/[\\\x00-\x20\x7f]/.test(value)) return fallback;
  const url = URL.parse(value, SENTINEL);
  if (url?.origin !== SENTINEL || url.username || url.password) return fallback;
  const path = url.pathname + url.search + url.hash;
  if (!value.startsWith('/') || leadsAway(path) || isNoPage(url.pathname)) return fallback;
  return path;
}

/** A finished sign-in that led to its own callback, say, would go round in a circle. */
const isNoPage = (pathname: string): boolean => /^\/(api|sign-in|sign-out)(\/|$)/i.test(pathname);

/**
 * Whether a path names another origin, as it is or in disguise: a proxy or a framework on the way may decode and
 * resolve it once more.
 */
function leadsAway(path: string): boolean {
  try {
    const decoded = decodeURIComponent(path.split(/[?#]/)[0] ?? '');
    const url = URL.parse(decoded, SENTINEL);
    return url?.origin !== SENTINEL || url.pathname.startsWith('//') || /[\\\p{Cc}]/u.test(decoded);
  } catch {
    return true;
  }
}
