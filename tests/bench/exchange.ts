import { Agent, request } from 'node:http';

/** What is asked of a server: everything but the body, which changes from one exchange to the next. */
export interface Question {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  /** What a good answer may have; 200 when absent. */
  statuses?: number[];
  /** What a good answer contains. */
  expected: string;
}

/**
 * Connections to one server that stay open between exchanges. They are used in turn: one that is left alone for five seconds
 * is closed by the server, maybe while a question is on its way.
 */
export function connections(count: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: count, scheduling: 'fifo' });
}

/**
 * One request and the whole of its answer.
 * @param cookie the request's Cookie header
 * @returns the answer's body
 * @throws Error unless the answer has such a status and contains what is expected
 */
export function exchange(
  agent: Agent,
  port: number,
  { method, path, headers, statuses = [200], expected }: Question,
  body: string,
  cookie?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const own = {
      ...(method === 'POST' && { 'content-length': String(Buffer.byteLength(body)) }),
      ...(cookie && { cookie }),
    };
    const sent = request(
      { agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...own } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (statuses.includes(response.statusCode ?? 0) && text.includes(expected)) resolve(text);
          else
            reject(new Error(`answered ${response.statusCode} without ${expected}: ${text.slice(0, 300)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
