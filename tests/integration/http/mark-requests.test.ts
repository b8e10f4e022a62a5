import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { markRequests } from '../../../lib/http/mark-requests.ts';
import { currentContentPolicy, currentRequest } from '../../../lib/request-scope.ts';
import { httpsConfiguration } from '../../support/configuration.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

interface Seen {
  path: string;
  header: string;
  forwarded: string;
  /** In the header, and for whoever handles the request. */
  policies: [string, string | undefined];
  before: string | undefined;
  after: string | undefined;
}

let server: Server;
let port: number;

/** Waits as long as the path says, and answers what it saw before and after the wait. */
async function look(incoming: IncomingMessage): Promise<Seen> {
  const before = currentRequest();
  await setTimeout(Number(incoming.url?.slice(1)));
  return {
    path: incoming.url ?? '',
    header: String(incoming.headers['x-request-id']),
    forwarded: String(incoming.headers['x-forwarded-for']),
    policies: [String(incoming.headers['content-security-policy']), currentContentPolicy()],
    before,
    after: currentRequest(),
  };
}

beforeAll(async () => {
  const config = httpsConfiguration();
  markRequests(config);
  markRequests(config);
  server = createServer((incoming, response) => {
    void look(incoming).then((seen) => response.end(JSON.stringify(seen)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function ask(agent: Agent, delay: number, headers: Record<string, string | string[]> = {}) {
  const sent = request({ host: '127.0.0.1', port, path: `/${delay}`, agent, headers });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { ...(JSON.parse(text) as Seen), answered: response.headers['x-request-id'] };
}

/** Several requests in one packet, whose handlers then run side by side. */
async function pipelined(delays: number[]): Promise<Seen[]> {
  const socket = connect(port, '127.0.0.1');
  const head = 'HTTP/1.1\r\nHost: localhost\r\n';
  const last = delays.length - 1;
  const close = (index: number) => (index === last ? 'Connection: close\r\n' : '');
  socket.write(delays.map((delay, index) => `GET /${delay} ${head}${close(index)}\r\n`).join(''));
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += chunk;
  return [...text.matchAll(/\{.*?\}/g)].map(([json]) => JSON.parse(json) as Seen);
}

function expectApart(answers: Seen[]): void {
  for (const { header, before, after } of answers) {
    expect(header).toMatch(uuid);
    expect([before, after]).toEqual([header, header]);
  }
  expect(new Set(answers.map(({ header }) => header)).size).toBe(answers.length);
}

it('an id is our own, whatever the sender writes, and comes back in the answer', async () => {
  const answer = await ask(new Agent(), 0, { 'x-request-id': 'mine' });
  expectApart([answer]);
  expect(answer.answered).toBe(answer.header);
});

it('API-09 the address of the connection comes last, once, after whatever the sender wrote', async () => {
  const forwarded = async (headers: Record<string, string | string[]>) =>
    (await ask(new Agent(), 0, headers)).forwarded;
  expect(await forwarded({})).toBe('127.0.0.1');
  expect(await forwarded({ 'x-forwarded-for': '203.0.113.9' })).toBe('203.0.113.9, 127.0.0.1');
  expect(await forwarded({ 'x-forwarded-for': ['203.0.113.9', '203.0.113.8'] })).toBe(
    '203.0.113.9, 203.0.113.8, 127.0.0.1',
  );
});

it('BS-19 each request is given a policy with a nonce of its own, whatever the sender wrote', async () => {
  const sent = { 'content-security-policy': "script-src 'nonce-mine'" };
  const answers = [await ask(new Agent(), 0, sent), ...(await pipelined([20, 0]))];
  for (const { policies } of answers) {
    expect(policies[0]).toMatch(/^default-src 'none'; script-src 'nonce-[\w+/]{22}==' 'strict-dynamic'; /);
    expect(policies[1]).toBe(policies[0]);
  }
  expect(new Set(answers.map(({ policies }) => policies[0])).size).toBe(answers.length);
});

it('slow requests on connections of their own keep their ids apart', async () => {
  const agent = new Agent({ keepAlive: true });
  const delays = Array.from({ length: 20 }, (_, index) => 60 - index * 3);
  expectApart(await Promise.all(delays.map((delay) => ask(agent, delay))));
  agent.destroy();
});

it('requests one after the other on one connection have an id each', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expectApart(await Promise.all([5, 0, 5, 0].map((delay) => ask(agent, delay))));
  agent.destroy();
});

it('requests that share a connection at the same time keep their ids apart', async () => {
  const answers = await pipelined([60, 0, 30, 0]);
  expect(answers.map(({ path }) => path)).toEqual(['/60', '/0', '/30', '/0']);
  expectApart(answers);
});

it('outside of a request there is no id and no policy', () => {
  expect([currentRequest(), currentContentPolicy()]).toEqual([undefined, undefined]);
});
