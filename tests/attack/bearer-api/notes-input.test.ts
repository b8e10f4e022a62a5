import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { type NoteJson, notesClient } from '../../support/notes-client.ts';

let pool: HostileUserPool;
let app: RunningApp;
let ada: Awaited<ReturnType<typeof notesClient>>;
let note: NoteJson;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp({ ...pool.environment, API_REQUESTS_PER_USER: '100000' });
  ada = await notesClient(app, pool, { groups: ['editors'] });
  note = await ada.create();
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});

const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));

test.each<[string, unknown, number]>([
  ['nothing', '', 400],
  ['half of an object', '{"title":"x"', 400],
  ['bytes that are no UTF-8', bytes('{"title":"', [0xff, 0xfe], '","text":""}'), 400],
  ['an overlong encoding', bytes('{"title":"', [0xc0, 0xaf], '","text":""}'), 400],
  ['UTF-16', Buffer.from('{"title":"x","text":""}', 'utf16le'), 400],
  ['a byte order mark', '\ufeff{"title":"x","text":""}', 400],
  ['half a surrogate pair', '{"title":"\\ud83c","text":""}', 400],
  ['NUL', '{"title":"a\\u0000b","text":""}', 400],
  ['a control character', { title: 'x', text: '\x1b[2J' }, 400],
  ['two lines in a title', { title: 'a\nb', text: '' }, 400],
  ['no title', { text: '' }, 400],
  ['a blank title', { title: ' \u200b', text: '' }, 400],
  ['a title of 201 characters', { title: '🏖'.repeat(201), text: '' }, 400],
  ['a text of 10,001 characters', { title: 'x', text: '🏖'.repeat(10_001) }, 400],
  ['a number', { title: 7, text: '' }, 400],
  ['an array', [{ title: 'x', text: '' }], 400],
  ['null', 'null', 400],
  ['nested arrays', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 400],
  ['__proto__', '{"title":"x","text":"","__proto__":{"mine":true}}', 400],
  ['constructor', '{"title":"x","text":"","constructor":{"prototype":{}}}', 400],
  ['12 MB', 'x'.repeat(12 * 1024 * 1024), 413],
  ['more than any note needs', JSON.stringify({ title: 'x', text: ' '.repeat(131_072) }), 413],
])('API-07 a note of %s is refused in one way', async (_, body, status) => {
  for (const [method, path] of [
    ['POST', ''],
    ['PATCH', `/${note.id}`],
  ] as const) {
    const headers = { 'if-match': '"1"' };
    // What a change leaves out stays as it is.
    if (method === 'PATCH' && JSON.stringify(body) === '{"text":""}') continue;
    const answer = await ada.ask<Record<string, unknown>>(method, path, { headers, body });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(answer.body).toMatchObject({ type: 'about:blank', status });
    expect(JSON.stringify(answer.body).length).toBeLessThan(1_000);
  }
  expect((await ada.ask('GET', `/${note.id}`)).body).toEqual(note);
});

test('API-07 the longest note is taken, however its JSON is written', async () => {
  const longest = { title: '🏖'.repeat(200), text: '🏖'.repeat(10_000) };
  const escaped = JSON.stringify(longest).replaceAll('🏖', '\\ud83c\\udfd6');
  for (const body of [JSON.stringify(longest), escaped]) {
    const answer = await ada.ask('POST', '', { body });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject(longest);
  }
});

test('API-07 another type of content is refused', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/merge-patch+json']) {
    const sent = { headers: { 'content-type': type, 'if-match': '"1"' }, body: '{"title":"x","text":""}' };
    expect((await ada.ask('POST', '', sent)).status).toBe(415);
    expect((await ada.ask('PATCH', `/${note.id}`, sent)).status).toBe(415);
  }
});

test.each([
  'limit=0',
  'limit=101',
  'limit=-1',
  'limit=1e1',
  'limit=',
  'limit=1&limit=2',
  'cursor=',
  'cursor=x',
  'cursor=MTgwMDAwMDAwMCAw',
  `cursor=${'A'.repeat(10_000)}`,
  'owner=somebody',
  'owner=me&owner=me',
  'constructor=x',
])('API-07 a list with ?%s is refused', async (query) => {
  const answer = await ada.ask<{ code: string }>('GET', `?${query}`);
  expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input']);
});

test.each(['__proto__', 'constructor', '1', '%00', "'%20or%201=1--", '%F0%9F%8F%96', 'x'.repeat(5_000)])(
  'API-07 %s is no id of a note',
  async (id) => {
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const sent = {
        headers: { 'if-match': '"1"' },
        ...(method === 'PATCH' && { body: { title: 'x' } }),
      };
      expect((await ada.ask(method, `/${id}`, sent)).status).toBe(400);
    }
    expect((await ada.ask('PUT', `/${id}/groups/editors`)).status).toBe(400);
  },
);

test.each(['%00', 'two%20words', '%0A', 'x'.repeat(129)])(
  'API-07 %s is no name of a group',
  async (group) => {
    for (const method of ['PUT', 'DELETE'])
      expect((await ada.ask(method, `/${note.id}/groups/${group}`)).status).toBe(400);
  },
);

test.each(['two words', 'x'.repeat(256), 'ümlaut', ''])('API-07 %j is no Idempotency-Key', async (key) => {
  const sent = { headers: { 'idempotency-key': key }, body: { title: 'x', text: '' } };
  expect((await ada.ask('POST', '', sent)).status).toBe(400);
});

test('API-07 what reads like SQL is stored as it is written', async () => {
  const attack = "x'); drop table notes; --";
  const mallory = await notesClient(app, pool, {
    sub: attack,
    username: attack,
    tenant: attack,
    groups: ["';--"],
  });
  const headers = { 'idempotency-key': "';drop" };
  const { body, status } = await mallory.ask('POST', '', { headers, body: { title: attack, text: attack } });
  expect(status).toBe(201);
  expect(body).toMatchObject({ owner: attack, tenant: attack, title: attack, text: attack });
  expect((await mallory.ask('PUT', `/${body.id}/groups/${encodeURIComponent("';--")}`)).status).toBe(200);
  expect((await mallory.ask<{ notes: NoteJson[] }>('GET')).body.notes).toHaveLength(1);
  expect((await ada.ask('GET', `/${note.id}`)).body).toEqual(note);
});

test('API-10 no part of a note is in the log', async () => {
  const secret = 'xq7secretwords';
  const { id } = await ada.create(secret, secret);
  await ada.ask('PATCH', `/${id}`, { headers: { 'if-match': '"9"' }, body: { title: secret } });
  await ada.ask('POST', '', { body: { title: `${secret}\n`.repeat(100), text: '' } });
  expect(app.output()).not.toContain(secret);
});
