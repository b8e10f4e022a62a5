import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JwtVerifier } from 'aws-jwt-verify';
import type { Jwks } from 'aws-jwt-verify/jwk';

type Reply = (response: ServerResponse, token: string) => void;

/** A service that is called by machines: it answers to access tokens of one user pool that carry one scope. */
export interface DownstreamService {
  url: string;
  /** Every token that it was shown. */
  tokens: string[];
  /** Set, it answers so from now on, whoever asks. */
  reply: Reply | undefined;
  /** Forgets the tokens; back to honest answers. */
  reset(): void;
  close(): Promise<void>;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export async function startDownstreamService(
  issuer: string,
  scope = 'notes/read',
): Promise<DownstreamService> {
  const jwksUri = `${issuer}/.well-known/jwks.json`;
  const verifier = JwtVerifier.create({
    issuer,
    audience: null,
    jwksUri,
    scope,
    customJwtCheck: ({ payload }) => {
      if (payload.token_use !== 'access') throw new Error('Not an access token.');
    },
  });
  // The library fetches keys over https alone.
  verifier.cacheJwks((await (await fetch(jwksUri)).json()) as Jwks);

  async function honest(response: ServerResponse, token: string): Promise<void> {
    const claims = await verifier.verify(token).catch(() => undefined);
    if (claims) send(response, 200, { caller: claims.client_id, notes: 3 });
    else send(response, 401, { error: 'invalid_token' });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    service.tokens.push(token);
    if (service.reply) service.reply(response, token);
    else await honest(response, token);
  }

  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const service: DownstreamService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/status`,
    tokens: [],
    reply: undefined,
    reset() {
      service.tokens.length = 0;
      service.reply = undefined;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return service;
}
