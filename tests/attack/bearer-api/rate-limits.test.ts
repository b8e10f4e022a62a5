import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiStand, startApiStand } from '../../support/api-stand.ts';
import type { RawAnswer } from '../../support/raw-request.ts';

const origin = 'https://spa.example';

let stand: ApiStand;

const someone = () => stand.authorization({ sub: crypto.randomUUID() });

function expectTooMany(answer: RawAnswer, limit: string, quota: number): void {
  expect(stand.api.complaints('getMe', answer)).toEqual([]);
  expect(JSON.parse(answer.text)).toMatchObject({ status: 429, code: 'rate_limited' });
  const seconds = Number(answer.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(answer.headers.ratelimit).toContain(`"${limit}";r=0;t=${seconds}`);
  expect(answer.headers['ratelimit-policy']).toContain(`"${limit}";q=${quota};w=60`);
  expect(answer.headers['access-control-allow-origin']).toBe(origin);
}

describe('a limit of five for each person', () => {
  beforeAll(async () => {
    stand = await startApiStand({ API_REQUESTS_PER_USER: '5', API_ORIGINS: origin });
  });
  afterAll(() => stand.stop());

  test('API-09 a person’s devices share one counter, another person has their own', async () => {
    const sub = crypto.randomUUID();
    const devices = await Promise.all([1, 2].map(() => stand.authorization({ sub })));
    for (let count = 1; count <= 5; count += 1) {
      const answer = await stand.ask('/api/v1/me', { authorization: devices[count % 2] ?? '' });
      expect([answer.status, answer.headers.ratelimit]).toEqual([
        200,
        expect.stringMatching(new RegExp(`^"address";r=\\d+;t=\\d+, "user";r=${5 - count};t=\\d+$`)),
      ]);
    }
    for (const authorization of devices)
      expectTooMany(await stand.ask('/api/v1/me', { authorization, origin }), 'user', 5);
    expect((await stand.ask('/api/v1/me', { authorization: await someone() })).status).toBe(200);
  });

  test('API-09 what is refused for other reasons counts as well, and nothing is carried out over the limit', async () => {
    const authorization = await someone();
    const session = `/api/v1/sessions/${crypto.randomUUID()}`;
    for (const [path, method] of [
      ['/api/v1/me', 'HEAD'],
      ['/api/v1/sessions', 'GET'],
      ['/api/v1/token', 'GET'],
      [session, 'DELETE'],
      ['/api/v1/sessions/no-session', 'DELETE'],
    ])
      expect((await stand.ask(path ?? '', { authorization }, method)).status).toBeLessThan(429);
    expect((await stand.ask(session, { authorization }, 'DELETE')).status).toBe(429);
  });

  test('API-09 somebody else’s name in the request changes nobody’s counter', async () => {
    const [ada, grace] = [await someone(), await someone()];
    for (let count = 0; count < 6; count += 1)
      await stand.ask('/api/v1/me', { authorization: ada, cookie: 'sub=grace', 'x-user': 'grace' });
    expect((await stand.ask('/api/v1/me', { authorization: ada })).status).toBe(429);
    const { headers } = await stand.ask('/api/v1/me', { authorization: grace });
    expect(headers.ratelimit).toContain('"user";r=4;');
  });
});

describe('a limit of five for each address', () => {
  beforeAll(async () => {
    stand = await startApiStand({ API_REQUESTS_PER_ADDRESS: '5', API_ORIGINS: origin });
  });
  afterAll(() => stand.stop());

  test('API-09 whoever asks from there, with a token and without, is refused over it, before a token is looked at', async () => {
    const authorization = await someone();
    for (const headers of [
      {},
      {},
      { authorization },
      { authorization: 'Bearer nonsense' },
      { authorization },
    ])
      expect((await stand.ask('/api/v1/me', headers)).status).not.toBe(429);
    for (const headers of [{}, { authorization }, { authorization: 'Bearer nonsense' }]) {
      const answer = await stand.ask('/api/v1/me', { ...headers, origin });
      expectTooMany(answer, 'address', 5);
      expect(answer.headers.ratelimit).not.toContain('user');
      expect(answer.headers['www-authenticate']).toBeUndefined();
    }
    expect((await stand.ask('/api/v1/openapi.json')).status).toBe(200);
    expect((await stand.ask('/')).status).toBe(200);
  });
});
