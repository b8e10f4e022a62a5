import Bowser from 'bowser';
import { config } from '../config.ts';
import { addressOf } from '../http/address.ts';

/** What a request tells about who sent it, in words that a person recognises. All but the address is said by the sender. */
export interface Visitor {
  readonly browser: string | null;
  readonly system: string | null;
  readonly address: string | null;
}

/** When nobody's request is behind an act. */
export const nobody: Visitor = { browser: null, system: null, address: null };

/** Real ones are far shorter, and each character is tried against many patterns. */
const LONGEST_USER_AGENT = 512;
const LONGEST_NAME = 60;

const name = (value: string | undefined): string | null => value?.slice(0, LONGEST_NAME) || null;

/** @returns browser and system by name, without versions, and the address that the request came from */
export function visitorOf(headers: Pick<Headers, 'get'>): Visitor {
  const userAgent = headers.get('user-agent')?.slice(0, LONGEST_USER_AGENT);
  const address = addressOf(headers, config().trustedProxies);
  if (!userAgent) return { ...nobody, address };
  const { browser, os, platform } = Bowser.parse(userAgent);
  return { browser: name(browser.name), system: name(platform.model || os.name), address };
}
