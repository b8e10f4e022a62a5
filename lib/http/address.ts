import { isIP } from 'node:net';
import { currentRequest } from '../request-scope.ts';

export const FORWARDED_FOR = 'x-forwarded-for';

/** Some proxies add the port: `203.0.113.9:51234`, `[2001:db8::1]:443`. */
const withoutPort = /^(?:(\d+\.\d+\.\d+\.\d+):\d+|\[([\da-f:.]+)\](?::\d+)?)$/i;

/**
 * The address that a request comes from. The last entry of `x-forwarded-for` is the connection's
 * (lib/http/mark-requests.ts); each proxy of one's own accounts for one more, and what stands before those is the
 * sender's invention.
 * @param trustedProxies how many proxies of one's own stand in front of this application
 * @returns an IPv4 address without the prefix that it has on an IPv6 socket, or an IPv6 address; null for neither, and for
 * a request that came while the application was starting: nobody has added its connection
 */
export function addressOf(headers: Pick<Headers, 'get'>, trustedProxies: number): string | null {
  if (!currentRequest()) return null;
  const entries = (headers.get(FORWARDED_FOR) ?? '').split(',');
  // Fewer entries than proxies: the request came around them, and its first entry was written by its own connection.
  const entry = (entries.at(-1 - trustedProxies) ?? entries[0] ?? '').trim();
  const address = withoutPort.exec(entry)?.slice(1).find(Boolean) ?? entry;
  return isIP(address) ? address.replace(/^::ffff:(?=\d+\.)/i, '') : null;
}
