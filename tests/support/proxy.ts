import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface PassedAnswer {
  status: number;
  /** Names and values in turn, as they came. */
  headers: string[];
  body: Buffer;
}

/** Nobody listens there, so nothing has been sent. */
export class NobodyThereError extends Error {}

/** Concern one connection, not the answer (RFC 9110 section 7.6.1). */
const ofTheConnection = ['connection', 'keep-alive', 'transfer-encoding'];

function ofTheAnswer(headers: readonly string[]): string[] {
  return headers.flatMap((name, index) =>
    index % 2 === 1 || ofTheConnection.includes(name.toLowerCase()) ? [] : [name, headers[index + 1] ?? ''],
  );
}

/**
 * Sends a request on as it came, over a connection of its own, and reads the whole answer.
 * @param body of the request, read already, so that it can be sent a second time
 * @throws NobodyThereError; whatever else goes wrong, the request may have been acted on
 */
export function passOn(port: number, incoming: IncomingMessage, body: Buffer): Promise<PassedAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      agent: false,
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      headers: { ...incoming.headers, connection: 'close' },
    });
    sent.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ECONNREFUSED' ? new NobodyThereError() : error),
    );
    sent.once('response', (response) => {
      buffer(response).then(
        (read) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: ofTheAnswer(response.rawHeaders),
            body: read,
          }),
        reject,
      );
    });
    sent.end(body);
  });
}

/** @param more headers to send with it */
export function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: PassedAnswer,
  more: string[] = [],
): void {
  response.writeHead(status, [...headers, ...more]);
  response.end(body);
}

export interface RunningProxy {
  url: string;
  close(): Promise<void>;
}

/** @param answer is given each request with its body, which has been read; when it throws, the connection is broken off */
export async function startProxy(
  answer: (incoming: IncomingMessage, body: Buffer, response: ServerResponse) => Promise<void>,
): Promise<RunningProxy> {
  const server = createServer((incoming, response) => {
    buffer(incoming)
      .then((body) => answer(incoming, body, response))
      .catch(() => response.destroy());
  }).listen(0);
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
