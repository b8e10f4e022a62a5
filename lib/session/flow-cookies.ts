import type { CookieStore } from 'iron-session';
import type { Config } from '../config.ts';
import { cookieAttributes, cookieName } from './cookies.ts';

/** The cookies that next-auth keeps a sign-in under way in, by its names for them. */
const names = {
  state: 'flow-state',
  nonce: 'flow-nonce',
  pkceCodeVerifier: 'flow-pkce',
  callbackUrl: 'flow-return',
  csrfToken: 'flow-csrf',
} as const;

type FlowCookie = keyof typeof names;

const flowCookies = Object.keys(names) as FlowCookie[];

export const flowCookieName = (config: Config, cookie: FlowCookie): string =>
  cookieName(config, names[cookie]);

/** For next-auth's `cookies` option. */
export const flowCookieOptions = (config: Config) =>
  Object.fromEntries(
    flowCookies.map((cookie) => [
      cookie,
      { name: flowCookieName(config, cookie), options: cookieAttributes(config) },
    ]),
  );

/** Expires what is left of a sign-in, finished or abandoned. */
export function clearFlowCookies(config: Config, cookies: Pick<CookieStore, 'get' | 'set'>): void {
  for (const name of flowCookies.map((cookie) => flowCookieName(config, cookie))) {
    if (cookies.get(name)) cookies.set(name, '', { ...cookieAttributes(config), maxAge: 0 });
  }
}
