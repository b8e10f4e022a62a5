import type { Browser } from './browser.ts';

/**
 * @param part `state`, `nonce` or `pkce`; none for the flow's record
 * @returns the name of such a cookie of the one sign-in that is under way in this browser
 */
export function flowCookie(browser: Pick<Browser, 'cookies'>, part?: 'state' | 'nonce' | 'pkce'): string {
  const pattern = new RegExp(`^(__Host-)?flow-[0-9a-f]{10}${part ? `-${part}` : ''}$`);
  const names = Object.keys(browser.cookies()).filter((name) => pattern.test(name));
  const [name] = names;
  if (!name || names.length > 1) throw new Error(`${names.length} cookies look like ${pattern}`);
  return name;
}

/** @returns how many sign-ins are under way in this browser */
export const flowsUnderWay = (browser: Pick<Browser, 'cookies'>): number =>
  Object.keys(browser.cookies()).filter((name) => /^(__Host-)?flow-[0-9a-f]{10}$/.test(name)).length;
