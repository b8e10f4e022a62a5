import type { CookieJar, CookieStore } from 'iron-session';
import type { Config } from '../config.ts';

export type Cookies = CookieStore | CookieJar;

/** The name a cookie has in this deployment: `__Host-` wherever the browser would accept that prefix. */
export const cookieName = (config: Config, name: string): string =>
  config.secureCookies ? `__Host-${name}` : name;

/** Attributes of every cookie that this application sets, without a lifetime. */
export const cookieAttributes = (config: Config) =>
  ({ httpOnly: true, secure: config.secureCookies, sameSite: 'lax', path: '/' }) as const;

/**
 * Each purpose has a password set of its own, so that a seal made for one never opens as another.
 * PBKDF2 turns two different passwords into two unrelated keys; a separator and a name are enough.
 * @param purpose what the seal is for
 */
export function passwordsFor(config: Config, purpose: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config.sessionSecrets).map(([id, secret]) => [id, `${secret}/${purpose}`]),
  );
}

/** Either kind of cookie store in one shape. */
export function jarOf(cookies: Cookies): Required<Pick<CookieJar, 'read' | 'write' | 'names'>> {
  if ('read' in cookies)
    return { read: cookies.read, write: cookies.write, names: () => cookies.names?.() ?? [] };
  return {
    read: (name) => cookies.get(name)?.value,
    names: () => cookies.getAll?.().map(({ name }) => name) ?? [],
    write: (name, value, options) => void cookies.set(name, value, options),
  };
}

/**
 * Has the browser drop a cookie. Said in both ways, because Next.js loses a `Max-Age` of zero where a page redirects, and
 * the cookie would stay, empty.
 */
export const expireCookie = (config: Config, cookies: Cookies, name: string): void =>
  jarOf(cookies).write(name, '', { ...cookieAttributes(config), maxAge: 0, expires: new Date(0) });
