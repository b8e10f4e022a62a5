import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Claims, jwks, sign, type TokenChange } from './hostile-tokens.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void | Promise<void>;

/** An OIDC provider whose every answer a test can spoil. It has no pages: a test plays the browser's part itself. */
export interface HostileOidcProvider {
  issuer: string;
  clientId: string;
  details: Record<string, string>;
  /** Who signs in, and how their ID token differs from an honest one. */
  person: { claims: Claims; change: TokenChange; nonce: string };
  /** Replaces the token endpoint's or userInfo's honest answer. */
  answers: { token: Answer | undefined; userInfo: Answer | undefined };
  /** Members of the discovery document that replace the honest ones. */
  discovery: Record<string, unknown>;
  calls: { token: { body: URLSearchParams; authorization: string | undefined }[]; userInfo: string[] };
  /** Back to honest answers about `sub`. */
  reset(sub: string): void;
  close(): Promise<void>;
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** @param now milliseconds since the epoch */
export async function startHostileOidcProvider(now: () => number): Promise<HostileOidcProvider> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientId = 'hostile-client';
  const secret = 'a/secret+with=signs';
  const provider: HostileOidcProvider = {
    issuer,
    clientId,
    details: {
      client_id: clientId,
      client_secret: secret,
      oidc_issuer: issuer,
      authorize_scopes: 'openid email',
      attributes_request_method: 'GET',
    },
    person: { claims: {}, change: {}, nonce: '' },
    answers: { token: undefined, userInfo: undefined },
    discovery: {},
    calls: { token: [], userInfo: [] },
    reset(sub) {
      provider.person = { claims: { sub, email: `${sub}@example.com` }, change: {}, nonce: '' };
      provider.answers = { token: undefined, userInfo: undefined };
      provider.discovery = {};
      provider.calls.token.length = 0;
      provider.calls.userInfo.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    switch (new URL(request.url ?? '', issuer).pathname) {
      case '/.well-known/openid-configuration':
        return sendJson(response, discoveryDocument());
      case '/jwks':
        return sendJson(response, jwks);
      case '/token':
        provider.calls.token.push({
          body: new URLSearchParams(body),
          authorization: request.headers.authorization,
        });
        return (provider.answers.token ?? honestToken)(request, response, body);
      case '/userinfo':
        provider.calls.userInfo.push(`${request.method}`);
        return (provider.answers.userInfo ?? honestUserInfo)(request, response, body);
      default:
        return sendJson(response, { error: 'not_found' }, 404);
    }
  }

  const discoveryDocument = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    ...provider.discovery,
  });

  const honestToken: Answer = async (_, response) => {
    const seconds = Math.floor(now() / 1000);
    const { claims, change, nonce } = provider.person;
    const honest = { iss: issuer, aud: clientId, nonce, iat: seconds, exp: seconds + 300, ...claims };
    const idToken = await sign(honest, change);
    sendJson(response, { access_token: 'at-1', token_type: 'Bearer', expires_in: 300, id_token: idToken });
  };

  const honestUserInfo: Answer = (_, response) =>
    sendJson(response, { ...provider.person.claims, name: 'From userInfo' });

  return provider;
}
