import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface HeldConnections {
  /** How many the server has not closed yet. */
  open(): number;
  end(): void;
}

const DRIP_MS = 1_000;

/**
 * Opens connections and never finishes a request on them.
 * @param kind `idle` ones send nothing; `slow` ones send one more byte of their headers every second
 */
export async function holdConnections(
  port: number,
  count: number,
  kind: 'idle' | 'slow',
): Promise<HeldConnections> {
  const sockets = new Set<Socket>();
  const opened = Array.from({ length: count }, async () => {
    const socket = connect(port, '127.0.0.1');
    sockets.add(socket);
    // Read, or its end would not be noticed; that the server ends it is what these wait for.
    socket.resume().on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    await once(socket, 'connect');
    if (kind === 'slow') socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  });
  await Promise.all(opened);
  const drip = setInterval(() => {
    if (kind === 'slow') for (const socket of sockets) socket.write('a');
  }, DRIP_MS);
  return {
    open: () => sockets.size,
    end() {
      clearInterval(drip);
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Sends a request with one header of so many bytes. @returns the status of the answer */
export async function statusForHeader(port: number, bytes: number): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    answer += text;
  });
  // The server closes while there is more to read for it, which this side sees as a reset.
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Large: ${'a'.repeat(bytes)}\r\n\r\n`,
  );
  await closed;
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
}
