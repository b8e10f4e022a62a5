import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Config, parseConfig } from '../../../lib/config.ts';
import { callDownstream } from '../../../lib/machine/downstream.ts';
import { createMachineTokens, type MachineTokens } from '../../../lib/machine/tokens.ts';
import { type RunningLocalPool, startLocalPool } from '../../../local-pool/src/start.ts';
import { sessionSecret } from '../../support/configuration.ts';
import { type DownstreamService, startDownstreamService } from '../../support/downstream-service.ts';

let pool: RunningLocalPool;
let service: DownstreamService;
let config: Config;
let requests: number;
let tokens: MachineTokens;

const configured = (changes: Record<string, string> = {}): Config =>
  parseConfig({
    SESSION_SECRET: sessionSecret,
    LOCAL_POOL_URL: pool.url,
    DOWNSTREAM_URL: service.url,
    ...changes,
  });

const tokensOf = (settings: Config): MachineTokens => {
  if (!settings.serviceClient) throw new Error('The local pool has an app client for machines.');
  return createMachineTokens(settings, settings.serviceClient, (_, counts) => {
    requests += counts.token_requests ?? 0;
  });
};

beforeAll(async () => {
  pool = await startLocalPool({ port: 0 });
  service = await startDownstreamService(`${pool.url}/us-east-1_Cabana001`);
});
afterAll(async () => {
  await service.close();
  await pool.close();
});
beforeEach(() => {
  service.reset();
  requests = 0;
  config = configured();
  tokens = tokensOf(config);
});

const call = () => callDownstream(config, tokens);
const outcome = () => call().catch((error: { code: string; detail: string }) => [error.code, error.detail]);

it('the service takes the token of the local pool, and the next call has the same one', async () => {
  const answers = [await call(), await call()];
  const body = JSON.stringify({ caller: 'cabanaservice0000000000001', notes: 3 });
  expect(answers).toEqual(Array(2).fill({ status: 200, contentType: 'application/json', body }));
  expect(new Set(service.tokens).size).toBe(1);
  expect(requests).toBe(1);
});

it('without the scope that the service asks for it is refused, and both tokens were tried', async () => {
  config = configured({ DOWNSTREAM_SCOPES: 'notes/write' });
  tokens = tokensOf(config);
  expect(await outcome()).toEqual(['downstream_refused', '401']);
  expect(new Set(service.tokens).size).toBe(2);
  // The next calls know that another token would not help.
  expect(await outcome()).toEqual(['downstream_refused', '401']);
  expect(service.tokens).toHaveLength(3);
  expect(requests).toBe(2);
});

it('a token that is refused once is replaced, and the call is carried out', async () => {
  const [refused, honest] = [await tokens.token(['notes/read']), service.reply];
  service.reply = (response) => {
    service.reply = honest;
    response.writeHead(401).end();
  };
  expect((await call()).status).toBe(200);
  expect(service.tokens[0]).toBe(refused);
  expect(service.tokens[1]).not.toBe(refused);
  expect(requests).toBe(2);
});

it('403 is no reason for another token', async () => {
  service.reply = (response) => void response.writeHead(403).end();
  expect(await outcome()).toEqual(['downstream_refused', '403']);
  expect(requests).toBe(1);
});

it('whatever else the service answers is handed on as it is', async () => {
  service.reply = (response) =>
    void response.writeHead(503, { 'content-type': 'text/plain' }).end('Closed for repairs <b>now</b>');
  expect(await call()).toEqual({
    status: 503,
    contentType: 'text/plain',
    body: 'Closed for repairs <b>now</b>',
  });
});

it('a service that repeats its headers does not give the token away', async () => {
  service.reply = (response, token) =>
    void response.end(`{"authorization":"Bearer ${token}","again":"${token}"}`);
  expect((await call()).body).toBe('{"authorization":"Bearer [access token]","again":"[access token]"}');
});

it('a redirect is not followed, so the token goes nowhere else', async () => {
  const elsewhere = await startDownstreamService(config.issuer);
  service.reply = (response) => void response.writeHead(307, { location: elsewhere.url }).end();
  expect(await outcome()).toEqual(['downstream_unreachable', 'network']);
  expect(elsewhere.tokens).toEqual([]);
  await elsewhere.close();
});

it('more than 256 KB, a broken connection and another encoding are no answer', async () => {
  service.reply = (response) => void response.end('x'.repeat(300_000));
  expect(await outcome()).toEqual(['downstream_unreachable', 'too large']);
  service.reply = (response) => response.socket?.resetAndDestroy();
  expect(await outcome()).toEqual(['downstream_unreachable', 'network']);
  service.reply = (response) => void response.end(Buffer.from([0xff, 0xfe, 0x41]));
  expect(await outcome()).toEqual(['downstream_unreachable', 'encoding']);
});

it('a service that hangs is given up after five seconds, over both tries', async () => {
  let asked = 0;
  service.reply = (response) => {
    asked += 1;
    if (asked === 1) setTimeout(() => response.writeHead(401).end(), 2_000);
  };
  const start = performance.now();
  expect(await outcome()).toEqual(['downstream_unreachable', 'deadline']);
  expect(asked).toBe(2);
  expect(performance.now() - start).toBeLessThan(6_500);
});

it('a wrong secret is told apart from a service that refuses, and the user pool hears of it once', async () => {
  const client = { clientId: 'cabanaservice0000000000001', clientSecret: 'wrong'.repeat(8) };
  tokens = tokensOf({ ...config, serviceClient: client });
  expect(await outcome()).toEqual(['machine_client_refused', 'invalid_client']);
  expect(await outcome()).toEqual(['machine_client_refused', 'resting']);
  expect(requests).toBe(1);
  expect(service.tokens).toEqual([]);
});

it('without an address there is nothing to call', async () => {
  config = configured({ DOWNSTREAM_URL: '' });
  expect(await outcome()).toEqual(['downstream_missing', undefined]);
  expect(requests).toBe(0);
});
