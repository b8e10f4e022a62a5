import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Members } from './signed-tokens.ts';

type Answer = (response: ServerResponse, form: URLSearchParams) => void;

/** The two addresses of a user pool that the application calls by itself, on a port of this machine. */
export interface UserPoolServer {
  issuer: string;
  origin: string;
  /** Answers the key set and the token endpoint; a test replaces either. */
  answers: { keys: Answer; token: Answer };
  calls: { keys: number; token: number; forms: URLSearchParams[]; headers: IncomingMessage['headers'][] };
  close(): Promise<void>;
}

/** Sends a JSON body as Cognito does. */
export const sendJson =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', ...headers });
    response.end(JSON.stringify(body));
  };

export const sendKeys = (...keys: { jwk: Members }[]): Answer =>
  sendJson({ keys: keys.map(({ jwk }) => jwk) });

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

export async function startUserPoolServer(userPoolId = 'us-east-1_Testing01'): Promise<UserPoolServer> {
  const calls: UserPoolServer['calls'] = { keys: 0, token: 0, forms: [], headers: [] };
  const missing = sendJson({ error: 'not_found' }, 404);
  const answers = { keys: missing, token: missing };

  const server = createServer(async (request, response) => {
    const form = await readForm(request);
    if (request.url === `/${userPoolId}/.well-known/jwks.json`) {
      calls.keys += 1;
      answers.keys(response, form);
    } else if (request.url === `/${userPoolId}/oauth2/token` && request.method === 'POST') {
      calls.token += 1;
      calls.forms.push(form);
      calls.headers.push(request.headers);
      answers.token(response, form);
    } else missing(response, form);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    issuer: `${origin}/${userPoolId}`,
    answers,
    calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
