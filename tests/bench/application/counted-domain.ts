import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { pipeline } from 'node:stream/promises';

export interface CountedDomain {
  origin: string;
  /** How often the token endpoint was asked. */
  tokenCalls(): number;
  /** How often anything was asked. */
  calls(): number;
  close(): void;
}

/** Stands before the local pool as the domain of its user pool, hands everything on, and counts. */
export async function startCountedDomain(port: number): Promise<CountedDomain> {
  const asked: string[] = [];
  const server = createServer((incoming, answer) => {
    asked.push(incoming.url ?? '');
    const { method, url, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      pipeline(response, answer).catch(() => answer.destroy());
    });
    pipeline(incoming, onward).catch(() => answer.destroy());
  }).listen(0);
  await once(server, 'listening');
  const address = server.address();
  return {
    origin: `http://localhost:${typeof address === 'object' && address ? address.port : 0}`,
    tokenCalls: () => asked.filter((url) => url.endsWith('/oauth2/token')).length,
    calls: () => asked.length,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
