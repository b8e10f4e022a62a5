import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';

export interface RawAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

/**
 * Sends a path and headers as they are written: `fetch` would tidy `..` and `//` away, which no attacker does.
 * @param headers a list sends the header several times
 * @param send writes the body, where there is one, and ends the request or does not
 */
export async function rawRequest(
  address: string,
  path: string,
  headers: Record<string, string | string[]> = {},
  method = 'GET',
  send: (sent: ClientRequest) => void = (sent) => sent.end(),
): Promise<RawAnswer> {
  const { hostname, port } = new URL(address);
  const sent = request({ hostname, port, path, method, headers, agent: false, insecureHTTPParser: true });
  send(sent);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  sent.destroy();
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}
