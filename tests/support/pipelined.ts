import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

interface PipelinedAnswer {
  status: number;
  /** Everything between this status line and the next. */
  text: string;
}

/**
 * Sends requests down one connection before any is answered (RFC 9112 section 9.3.2).
 * @param cookies the Cookie header of each, or none
 * @returns the answers in the order of the requests
 */
export async function pipelined(
  address: string,
  path: string,
  cookies: (string | undefined)[],
): Promise<PipelinedAnswer[]> {
  const { hostname, port } = new URL(address);
  const requests = cookies.map((cookie, index) =>
    [
      `GET ${path} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      ...(cookie ? [`Cookie: ${cookie}`] : []),
      `Connection: ${index === cookies.length - 1 ? 'close' : 'keep-alive'}`,
      '\r\n',
    ].join('\r\n'),
  );
  const socket = connect(Number(port), hostname);
  socket.write(requests.join(''));
  const parts = (await text(socket)).split(/^HTTP\/1\.1 (\d{3})/m).slice(1);
  return cookies.map((_, index) => ({ status: Number(parts[2 * index]), text: parts[2 * index + 1] ?? '' }));
}
