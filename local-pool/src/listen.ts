import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { StartError } from './errors.ts';

/** @param bindings the connection that the request came by */
export type Handler = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

export interface Listener {
  port: number;
  close(): Promise<void>;
}

/** Both addresses of `localhost`, and no other. */
const addresses = ['127.0.0.1', '::1'];

/** The machine has no IPv6: then `localhost` is 127.0.0.1 alone. */
const isAbsent = (code: string | undefined): boolean => code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';

async function listenOn(handler: Handler, host: string, port: number): Promise<Server | undefined> {
  const server = createAdaptorServer({
    fetch: (request, bindings) => handler(request, bindings as HttpBindings),
  }) as Server;
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (host === '::1' && isAbsent(code)) return undefined;
    if (code === 'EADDRINUSE')
      throw new StartError(
        `Port ${port} is taken by another program: end it, or choose another with --port.`,
      );
    throw new StartError(`Port ${port} cannot be opened: ${code}.`);
  }
}

/**
 * Serves on loopback.
 * @param port 0 for a free one
 * @throws StartError when the port is taken
 */
export async function listen(handler: Handler, port: number): Promise<Listener> {
  const servers: Server[] = [];
  const close = async () => void (await Promise.all(servers.map(closeServer)));
  let chosen = port;
  try {
    for (const host of addresses) {
      const server = await listenOn(handler, host, chosen);
      if (!server) continue;
      servers.push(server);
      chosen = (server.address() as AddressInfo).port;
    }
  } catch (error) {
    // A port that is free on one address only: the half that was opened would keep the process alive.
    await close();
    throw error;
  }
  return { port: chosen, close };
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  // A browser's kept connection must not hold up the end of the process.
  setTimeout(() => server.closeAllConnections(), 500).unref();
  await closed;
}
