import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** Whether each percent sign begins an octet, and the octets are UTF-8 (RFC 3986 section 2.1). */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param url of a request: path and query
 * @returns the same, unless the path cannot be decoded: then its percent signs stand for themselves
 */
export function decodableUrl(url: string): string {
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  if (!path.includes('%') || isDecodable(path)) return url;
  return path.replaceAll('%', '%25') + url.slice(path.length);
}

/**
 * Makes a path that cannot be decoded a name like any other, which nothing has. Next.js answers one with a bare 500 where
 * a part of the path is a parameter, before anything of ours is asked.
 */
export function takeUndecodablePathsLiterally(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    if (request.url) request.url = decodableUrl(request.url);
  });
}
