import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CognitoFetchOptions, createCognitoFetch } from '../../../lib/client/cognito-fetch.ts';
import { people } from '../../support/local-pool.ts';
import { ok, type ReceivedRequest, type ScriptedApi, startScriptedApi } from './scripted-api.ts';
import { mobile, startWatchedPool, type WatchedPool } from './watched-pool.ts';

const refreshCall = 'GetTokensFromRefreshToken';

let pool: WatchedPool;
let api: ScriptedApi;
let elsewhere: ScriptedApi;

beforeAll(async () => {
  [pool, api, elsewhere] = await Promise.all([startWatchedPool(), startScriptedApi(), startScriptedApi()]);
});
afterAll(async () => {
  await Promise.all([pool.close(), api.close(), elsewhere.close()]);
});
beforeEach(() => {
  pool.calls.length = 0;
  for (const one of [api, elsewhere]) {
    one.received.length = 0;
    one.answer = ok;
  }
});

const open = (options: Partial<CognitoFetchOptions> = {}) =>
  createCognitoFetch({
    ...mobile,
    endpoint: pool.endpoint,
    baseUrl: api.url,
    signIn: people.ada,
    allowInsecureRequests: true,
    ...options,
  });

const refreshes = (): number => pool.calls.filter((call) => call === refreshCall).length;

const unauthorized = (response: ServerResponse, challenge = 'Bearer error="invalid_token"'): void =>
  void response.writeHead(401, { 'www-authenticate': challenge }).end('refused');

/** An API that no longer takes the token of the first request. */
function refusesFirstToken(): void {
  let first: string | undefined;
  api.answer = (request, response) => {
    first ??= request.headers.authorization;
    if (request.headers.authorization === first) unauthorized(response);
    else response.end(request.body);
  };
}

describe('401', () => {
  it('is answered with one refresh and one repetition, body and all', async () => {
    refusesFirstToken();
    const answer = await open()('/notes', { method: 'POST', body: '{"title":"Tide"}' });
    expect([answer.status, await answer.text()]).toEqual([200, '{"title":"Tide"}']);
    expect(api.received.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '{"title":"Tide"}'],
      ['POST', '{"title":"Tide"}'],
    ]);
    expect(refreshes()).toBe(1);
  });

  it('of a hundred requests with the same token costs one refresh', async () => {
    refusesFirstToken();
    const fetch = open();
    const answers = await Promise.all(Array.from({ length: 100 }, () => fetch('/notes')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(refreshes()).toBe(1);
  });

  it('again is the answer, and an API that refuses everything costs one refresh in thirty seconds', async () => {
    api.answer = (_, response) => unauthorized(response);
    const fetch = open();
    for (let time = 0; time < 5; time += 1) {
      const answer = await fetch('/notes');
      expect([answer.status, await answer.text()]).toEqual([401, 'refused']);
    }
    expect(refreshes()).toBe(1);
    expect(api.received).toHaveLength(6);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    try {
      await fetch('/notes');
    } finally {
      vi.useRealTimers();
    }
    expect(refreshes()).toBe(2);
  });

  it('that asks for another sign-in is the answer at once', async () => {
    api.answer = (_, response) =>
      unauthorized(response, 'Bearer error="insufficient_user_authentication", max_age=300');
    expect((await open()('/notes')).status).toBe(401);
    expect(refreshes()).toBe(0);
    expect(api.received).toHaveLength(1);
  });

  it.each<[string, () => [string | Request, RequestInit?]]>([
    [
      'in init',
      () => ['/notes', { method: 'POST', body: new Blob(['once']).stream(), duplex: 'half' } as never],
    ],
    ['in a Request', () => [new Request(`${api.url}/notes`, { method: 'POST', body: 'once' })]],
  ])(
    'of a stream %s is the answer: it is sent once and whole, and the next request has a new token',
    async (_, ask) => {
      refusesFirstToken();
      const fetch = open();
      expect((await fetch(...ask())).status).toBe(401);
      expect(api.received.map(({ body }) => body)).toEqual(['once']);
      expect((await fetch('/notes')).status).toBe(200);
      expect(refreshes()).toBe(1);
    },
  );
});

describe('429', () => {
  /** Refuses so many requests. @returns when each request came */
  function throttled(times: number, retryAfter?: () => string): number[] {
    const came: number[] = [];
    api.answer = (_, response) => {
      came.push(Date.now());
      if (came.length > times) response.end('done');
      else response.writeHead(429, retryAfter && { 'retry-after': retryAfter() }).end('slower');
    };
    return came;
  }

  it.each<[string, (() => string) | undefined, number]>([
    ['for as many seconds as it says', () => '2', 2_000],
    ['until the date it says', () => new Date(Date.now() + 3_000).toUTCString(), 1_900],
    ['for a second where it does not say', undefined, 1_000],
  ])('is waited for, %s', async (_, retryAfter, atLeast) => {
    const came = throttled(1, retryAfter);
    const answer = await open()('/notes', { method: 'POST', body: 'once more' });
    expect([answer.status, await answer.text()]).toEqual([200, 'done']);
    expect(came).toHaveLength(2);
    expect(Number(came[1]) - Number(came[0])).toBeGreaterThanOrEqual(atLeast);
    expect(api.received.map(({ body }) => body)).toEqual(['once more', 'once more']);
  });

  it('is the answer after three waits', async () => {
    const came = throttled(Number.POSITIVE_INFINITY, () => '0');
    const answer = await open()('/notes');
    expect([answer.status, await answer.text()]).toEqual([429, 'slower']);
    expect(came).toHaveLength(4);
  });

  it('is the answer at once when it says to wait longer than a minute', async () => {
    const came = throttled(1, () => '61');
    expect((await open()('/notes')).status).toBe(429);
    expect(came).toHaveLength(1);
  });

  it('is not waited for beyond the caller’s signal', async () => {
    throttled(1, () => '30');
    const controller = new AbortController();
    const waiting = open()('/notes', { signal: controller.signal });
    await expect.poll(() => api.received.length).toBe(1);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(api.received).toHaveLength(1);
  });
});

describe('the token', () => {
  it.each(['http://localhost:1/', 'https://evil.example/', '//evil.example/notes'])(
    'is not sent to %s, and nothing else either',
    async (address) => {
      const fetch = vi.fn(globalThis.fetch);
      await expect(open({ fetch })(address)).rejects.toMatchObject({ code: 'foreign_origin' });
      expect(fetch).not.toHaveBeenCalled();
      expect(pool.calls).toEqual([]);
    },
  );

  const redirects = (to: string) => (request: ReceivedRequest, response: ServerResponse) =>
    void (request.path === '/from'
      ? response.writeHead(307, { location: to }).end()
      : response.end(request.path));

  it('does not follow a redirect to another origin, whatever header it is in', async () => {
    api.answer = redirects(`${elsewhere.url}/to`);
    for (const header of ['Authorization', 'X-Token'])
      await expect(open({ header })('/from')).rejects.toMatchObject({ code: 'redirect_refused' });
    expect(elsewhere.received).toEqual([]);
  });

  it('follows a GET within its origin, and nothing that changes something', async () => {
    api.answer = redirects('/to');
    const fetch = open();
    expect(await (await fetch('/from')).text()).toBe('/to');
    expect(api.received.at(-1)?.headers.authorization).toMatch(/^Bearer /);
    await expect(fetch('/from', { method: 'DELETE' })).rejects.toMatchObject({ code: 'redirect_refused' });
    expect((await fetch('/from', { redirect: 'manual' })).status).toBe(307);
    await expect(fetch('/from', { redirect: 'error' })).rejects.toThrow(TypeError);
  });

  it('does not run in circles', async () => {
    api.answer = (_, response) => void response.writeHead(302, { location: '/round' }).end();
    await expect(open()('/round')).rejects.toMatchObject({ code: 'redirect_refused' });
    expect(api.received).toHaveLength(6);
  });
});

it('header fields, addresses and methods are the caller’s', async () => {
  const fetch = open({ baseUrl: `${api.url}/api/v1/` });
  await fetch('notes?limit=2', { headers: { accept: 'application/json', authorization: 'Basic b2xk' } });
  await fetch(new Request(`${api.url}/notes/1`, { method: 'delete', headers: { 'if-match': '"7"' } }));
  expect(api.received).toMatchObject([
    { method: 'GET', path: '/api/v1/notes?limit=2', headers: { accept: 'application/json' } },
    { method: 'DELETE', path: '/notes/1', headers: { 'if-match': '"7"' } },
  ]);
  for (const { headers } of api.received) expect(headers.authorization).toMatch(/^Bearer ey/);
});
