import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refreshTokens } from '../../lib/cognito/token-endpoint.ts';
import type { Config } from '../../lib/config.ts';
import { configurationFor } from '../support/configuration.ts';
import { clientId, makeSigningKey, signPair } from '../support/signed-tokens.ts';
import { sendJson, startUserPoolServer, type UserPoolServer } from '../support/user-pool-server.ts';

const key = makeSigningKey('pool-key-1');
const now = () => Math.floor(Date.now() / 1_000);

let pool: UserPoolServer;
let config: Config;
beforeEach(async () => {
  pool = await startUserPoolServer();
  config = configurationFor(pool.issuer, clientId);
});
afterEach(() => pool.close());

/** A token response as Cognito gives it. */
function tokenResponse(): Record<string, unknown> {
  const { accessToken, idToken } = signPair(pool.issuer, now(), key);
  return { access_token: accessToken, id_token: idToken, token_type: 'Bearer', expires_in: 3_600 };
}

const oauthError = (error: string) => ({ error });
const page =
  (status: number, headers = {}): UserPoolServer['answers']['token'] =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<h1>Sorry</h1>');

const transient: [string, UserPoolServer['answers']['token']][] = [
  ['429', page(429)],
  ['429 with an OAuth error', sendJson(oauthError('invalid_grant'), 429)],
  ['500', page(500)],
  ['500 with an OAuth error', sendJson(oauthError('invalid_grant'), 500)],
  ['502', page(502)],
  ['503', page(503)],
  ['503 with an OAuth error', sendJson(oauthError('invalid_client'), 503)],
  ['504', page(504)],
  ['a page with status 200', page(200)],
  ['a page with status 400', page(400)],
  ['a page with status 403', page(403)],
  ['a proxy that asks for a password', page(401, { 'www-authenticate': 'Basic realm="proxy"' })],
  ['a proxy that asks for a password with 407', page(407, { 'www-authenticate': 'Basic realm="proxy"' })],
  ['200 without a body', (response) => void response.writeHead(200).end()],
  ['200 with an empty JSON body', sendJson('')],
  ['200 with an empty object', sendJson({})],
  ['200 with a list', sendJson([])],
  ['204', (response) => void response.writeHead(204).end()],
  [
    'truncated JSON',
    (response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"eyJ'),
  ],
  [
    'a body that ends before its length',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"access_');
      setTimeout(() => response.destroy(), 20);
    },
  ],
  ['400 with another OAuth error', sendJson(oauthError('invalid_request'), 400)],
  ['400 with a made-up error', sendJson(oauthError('slow_down'), 400)],
  ['400 with an error that is no text', sendJson({ error: { code: 'invalid_grant' } }, 400)],
  ['200 with an OAuth error', sendJson(oauthError('invalid_grant'), 200)],
  ['a connection that is reset', (response) => response.socket?.resetAndDestroy()],
  [
    'a redirect',
    (response) => void response.writeHead(302, { location: `${config.issuer}/elsewhere` }).end(),
  ],
  [
    'more than 256 KB',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...tokenResponse(), pad: 'x'.repeat(300_000) }));
    },
  ],
];

it.each(transient)('RR-05 %s ends no session', async (_, answer) => {
  pool.answers.token = answer;
  expect((await refreshTokens(config, 'refresh-1')).kind).toBe('unavailable');
  expect(pool.calls.token).toBe(1);
});

it('RR-05 a port where nothing listens ends no session', async () => {
  await pool.close();
  expect((await refreshTokens(config, 'refresh-1')).kind).toBe('unavailable');
  pool = await startUserPoolServer();
});

it('RR-05 a host that does not exist ends no session', async () => {
  const nowhere = { ...config, domain: 'https://user-pool.invalid' };
  expect((await refreshTokens(nowhere, 'refresh-1')).kind).toBe('unavailable');
});

it('RR-05 a server that does not speak TLS ends no session', async () => {
  const plain = { ...config, domain: pool.issuer.replace('http:', 'https:') };
  expect((await refreshTokens(plain, 'refresh-1')).kind).toBe('unavailable');
  expect(pool.calls.token).toBe(0);
});

it('RR-05 a server that closes before it answers ends no session', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const outcome = await refreshTokens({ ...config, domain: `http://127.0.0.1:${port}` }, 'refresh-1');
  expect(outcome.kind).toBe('unavailable');
  await new Promise((resolve) => server.close(resolve));
});

it('RR-05 a server that never answers is given up after five seconds and ends no session', async () => {
  pool.answers.token = () => {};
  const start = performance.now();
  expect(await refreshTokens(config, 'refresh-1')).toEqual({ kind: 'unavailable', reason: 'deadline' });
  expect(performance.now() - start).toBeLessThan(6_000);
});

it.each([
  ['invalid_grant', 400],
  ['unauthorized_client', 400],
  ['invalid_client', 400],
  ['invalid_client', 401],
])('RR-06 %s with status %d is final', async (error, status) => {
  pool.answers.token = sendJson(oauthError(error), status);
  expect(await refreshTokens(config, 'refresh-1')).toEqual({ kind: 'refused', error });
});

it('RR-06 invalid_client is final with the challenge that RFC 6749 section 5.2 asks for, too', async () => {
  const challenge = { 'www-authenticate': 'Basic realm="user pool"' };
  pool.answers.token = sendJson(oauthError('invalid_client'), 401, challenge);
  expect(await refreshTokens(config, 'refresh-1')).toEqual({ kind: 'refused', error: 'invalid_client' });
});

it.each([
  ['another issuer', { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Somewhere' }],
  ['another audience', { aud: 'cabanaother0000000000000001' }],
  ['another authorized party', { aud: [clientId, 'other'], azp: 'other' }],
])('RR-09 an ID token of %s is final', async (_, claims) => {
  const { accessToken, idToken } = signPair(pool.issuer, now(), key, claims);
  pool.answers.token = sendJson({ access_token: accessToken, id_token: idToken, token_type: 'Bearer' });
  expect((await refreshTokens(config, 'refresh-1')).kind).toBe('refused');
});

it('a good answer hands the tokens over, with the refresh token of a rotation or without', async () => {
  const body = tokenResponse();
  pool.answers.token = sendJson(body);
  const tokens = { kind: 'tokens', accessToken: body.access_token, idToken: body.id_token };
  expect(await refreshTokens(config, 'refresh-1')).toEqual({ ...tokens, refreshToken: undefined });
  pool.answers.token = sendJson({ ...body, refresh_token: 'refresh-2' });
  expect(await refreshTokens(config, 'refresh-1')).toEqual({ ...tokens, refreshToken: 'refresh-2' });
});

it('a confidential client proves itself by HTTP Basic, and the token travels in the form alone', async () => {
  pool.answers.token = sendJson(tokenResponse());
  await refreshTokens(config, 'refresh-1');
  const [form] = pool.calls.forms;
  expect(Object.fromEntries(form ?? [])).toEqual({ grant_type: 'refresh_token', refresh_token: 'refresh-1' });
  const credentials = Buffer.from(`${clientId}:${config.clientSecret}`).toString('base64');
  expect(pool.calls.headers[0]?.authorization).toBe(`Basic ${credentials}`);
});

it('a public client names itself in the form', async () => {
  pool.answers.token = sendJson(tokenResponse());
  await refreshTokens({ ...config, clientSecret: undefined }, 'refresh-1');
  expect(pool.calls.forms[0]?.get('client_id')).toBe(clientId);
  expect(pool.calls.headers[0]?.authorization).toBeUndefined();
});

it('no reason of a failure holds a token', async () => {
  pool.answers.token = sendJson({ ...oauthError('invalid_request'), error_description: 'refresh-1' }, 400);
  expect(JSON.stringify(await refreshTokens(config, 'refresh-1'))).not.toContain('refresh-1');
});
