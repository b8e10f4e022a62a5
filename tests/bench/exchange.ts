import { Agent, request } from 'node:http';

/** What is asked of a server: everything but the body, which changes from one exchange to the next. */
export interface Question {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  /** What a good answer contains. */
  expected: string;
}

/** Connections to one server that stay open between exchanges. */
export function connections(count: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: count });
}

/**
 * One request and the whole of its answer.
 * @returns the answer's body
 * @throws Error unless the status is 200 and the answer contains what is expected
 */
export function exchange(
  agent: Agent,
  port: number,
  { method, path, headers, expected }: Question,
  body: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const sent = request(
      { agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200 && text.includes(expected)) resolve(text);
          else
            reject(new Error(`answered ${response.statusCode} without ${expected}: ${text.slice(0, 300)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
