import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Failure } from './failure.ts';

/** In milliseconds: a code is good for five minutes, and so is the page that it comes from. */
const LONGEST_WAIT_MS = 300_000;

const page = (text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Cabana notes</title><body><p>${text}</p></body></html>`;

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'",
  'referrer-policy': 'no-referrer',
  connection: 'close',
};

/** Where a browser comes back to on this machine (RFC 8252 section 7.3). */
interface LoopbackListener {
  /** @returns the callback; @throws Failure when none comes within five minutes */
  callback: Promise<URL>;
  close(): void;
}

/** A browser may take `localhost` for either address; a machine need not have the second. */
async function listen(host: string, port: number, optional: boolean, server: Server): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (optional && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) return;
    throw new Failure(
      `Port ${port}, where the browser is to come back to, is taken: end what listens there, or use --redirect scheme.`,
    );
  }
}

/**
 * Listens for one callback.
 * @param isOwn tells the callback of this sign-in from what any page could send here; those are answered and forgotten
 * @throws Failure when the port is taken
 */
export async function listenOnLoopback(
  redirectUri: string,
  isOwn: (callback: URL) => boolean,
): Promise<LoopbackListener> {
  const { pathname, port } = new URL(redirectUri);
  const { promise, resolve, reject } = Promise.withResolvers<URL>();
  promise.catch(() => {});
  const makeServer = () =>
    createServer((request, response) => {
      const callback = URL.parse(request.url ?? '', redirectUri);
      const own = request.method === 'GET' && callback?.pathname === pathname && isOwn(callback);
      response.writeHead(own ? 200 : 404, headers);
      response.end(page(own ? 'Back to the terminal: this window can be closed.' : 'There is nothing here.'));
      if (own) resolve(callback);
    });
  const servers = [makeServer(), makeServer()];
  const close = () => {
    clearTimeout(timer);
    for (const server of servers) server.close();
  };
  const timer = setTimeout(() => {
    reject(new Failure('Nobody came back from the sign-in page within five minutes.'));
  }, LONGEST_WAIT_MS);
  try {
    const [first, second] = servers as [Server, Server];
    await listen('127.0.0.1', Number(port), false, first);
    await listen('::1', Number(port), true, second);
  } catch (error) {
    close();
    throw error;
  }
  return { callback: promise, close };
}
