import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deadlineFetch, UnansweredError } from '../../../lib/http/deadline-fetch.ts';

let server: Server;
let origin: string;
let answer: RequestListener;

beforeEach(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it('status, headers and body arrive as they are', async () => {
  answer = (_, response) => response.writeHead(418, { 'x-kind': 'tea' }).end('short and stout');
  const response = await deadlineFetch(origin);
  expect([response.status, response.headers.get('x-kind'), await response.text()]).toEqual([
    418,
    'tea',
    'short and stout',
  ]);
});

it('an answer without a body is one', async () => {
  answer = (_, response) => response.writeHead(204).end();
  expect((await deadlineFetch(origin)).status).toBe(204);
});

it('a body of 262,144 bytes arrives, and one of a byte more does not', async () => {
  answer = (_, response) => response.end('x'.repeat(262_144));
  expect(await (await deadlineFetch(origin)).text()).toHaveLength(262_144);
  answer = (_, response) => response.end('x'.repeat(262_145));
  await expect(deadlineFetch(origin)).rejects.toMatchObject({
    name: 'UnansweredError',
    message: 'too large',
  });
});

it('a body without an end is given up when it gets too large', async () => {
  answer = (_, response) => {
    const send = () => response.writable && response.write('x'.repeat(65_536), send);
    send();
  };
  await expect(deadlineFetch(origin)).rejects.toMatchObject({ message: 'too large' });
});

it('no redirect is followed', async () => {
  answer = (_, response) => response.writeHead(302, { location: `${origin}/elsewhere` }).end();
  await expect(deadlineFetch(origin)).rejects.toThrow(UnansweredError);
});

it.each<[string, Buffer]>([
  ['begins with a byte order mark', Buffer.from('\uFEFF{"a":1}')],
  ['breaks off within a character', Buffer.from('{"a":"\u00e9"}').subarray(0, 7)],
  ['is in Latin-1', Buffer.from('{"a":"\u00e9"}', 'latin1')],
  ['is in UTF-16', Buffer.from('\uFEFF{"a":1}', 'utf16le')],
])('IF-03 a body that %s is none', async (_, body) => {
  answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  await expect(deadlineFetch(origin)).rejects.toMatchObject({ message: 'encoding' });
});

it('letters beyond ASCII arrive as they are', async () => {
  answer = (_, response) => response.end('Zoë 名前');
  expect(await (await deadlineFetch(origin)).text()).toBe('Zoë 名前');
});

it("the caller's own, shorter deadline counts", async () => {
  answer = () => {};
  const signal = AbortSignal.timeout(30);
  await expect(deadlineFetch(origin, { signal })).rejects.toMatchObject({ message: 'deadline' });
});

it('a body that trickles is given up at the deadline', async () => {
  answer = (_, response) => {
    response.write('x');
  };
  const signal = AbortSignal.timeout(30);
  await expect(deadlineFetch(origin, { signal })).rejects.toMatchObject({ message: 'deadline' });
});

it('a reset connection is told apart from a deadline', async () => {
  answer = (_, response) => response.socket?.resetAndDestroy();
  await expect(deadlineFetch(origin)).rejects.toMatchObject({ message: 'network' });
});

it("the request stays out of Next's shared data cache", async () => {
  answer = (_, response) => response.end();
  const inits: (RequestInit | undefined)[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    inits.push(init);
    return fetch(input, init);
  };
  await deadlineFetch(origin, { cache: 'force-cache', redirect: 'follow' });
  globalThis.fetch = fetch;
  expect(inits[0]).toMatchObject({ cache: 'no-store', redirect: 'error' });
});
