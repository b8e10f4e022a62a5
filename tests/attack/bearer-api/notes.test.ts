import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { type NoteJson, type NoteWriter, notesClient } from '../../support/notes-client.ts';

let pool: HostileUserPool;
let app: RunningApp;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp({ ...pool.environment, API_REQUESTS_PER_ADDRESS: '100000' });
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});

const client = (writer?: NoteWriter) => notesClient(app, pool, writer);

interface Page {
  notes: NoteJson[];
  next_cursor: string | null;
}

test('a note is written, read, changed and deleted, each with its ETag', async () => {
  const ada = await client({ username: 'ada', tenant: 'acme' });
  const created = await ada.ask('POST', '', { body: { title: ' Größe ', text: '🏖\r\n' } });
  const { id } = created.body;
  expect(created.status).toBe(201);
  expect([created.headers.get('location'), created.headers.get('etag')]).toEqual([
    `/api/v1/notes/${id}`,
    '"1"',
  ]);
  expect(created.body).toEqual({
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    owner: 'ada',
    mine: true,
    tenant: 'acme',
    title: 'Größe',
    text: '🏖\n',
    shared_with: [],
    revision: 1,
    created_at: created.body.updated_at,
    updated_at: expect.any(Number),
  });

  const read = await ada.ask('GET', `/${id}`);
  expect([read.status, read.headers.get('etag'), read.body]).toEqual([200, '"1"', created.body]);
  const known = await ada.ask('GET', `/${id}`, { headers: { 'if-none-match': 'W/"1"' } });
  expect([known.status, known.headers.get('etag'), known.body]).toEqual([304, '"1"', '']);
  expect((await ada.ask('HEAD', `/${id}`)).headers.get('etag')).toBe('"1"');

  const changed = await ada.ask('PATCH', `/${id}`, {
    headers: { 'if-match': '"1"' },
    body: { text: 'other' },
  });
  expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
  expect(changed.body).toMatchObject({ title: 'Größe', text: 'other', revision: 2 });

  expect((await ada.ask('DELETE', `/${id}`, { headers: { 'if-match': '"2"' } })).status).toBe(204);
  expect((await ada.ask('GET', `/${id}`)).status).toBe(404);
});

test('a change without the ETag of what is there now is not carried out', async () => {
  const ada = await client();
  const { id } = await ada.create();
  for (const method of ['PATCH', 'DELETE']) {
    const body = method === 'PATCH' ? { title: 'other' } : undefined;
    const ask = (tag?: string) =>
      ada.ask<{ code: string }>(method, `/${id}`, { body, headers: { ...(tag && { 'if-match': tag }) } });
    for (const [tag, status, code] of [
      [undefined, 428, 'revision_required'],
      ['*', 428, 'revision_required'],
      ['"2"', 412, 'revision_mismatch'],
      ['W/"1"', 412, 'revision_mismatch'],
      ['"99999999999999999999"', 412, 'revision_mismatch'],
      ['1', 400, 'invalid_input'],
    ] as const) {
      const answer = await ask(tag);
      expect([tag, answer.status, answer.body.code]).toEqual([tag, status, code]);
    }
  }
  expect((await ada.ask('GET', `/${id}`)).body).toMatchObject({ title: 'A title', revision: 1 });
});

test('a list has pages, and one’s own alone where that is asked', async () => {
  const tenant = crypto.randomUUID();
  const [ada, charles] = [await client({ tenant }), await client({ tenant, username: 'charles' })];
  for (const writer of [ada, charles, ada, charles, ada]) await writer.create();
  const list = async (query: string) => (await ada.ask<Page>('GET', query)).body;
  const first = await list('?limit=3');
  const second = await list(`?limit=3&cursor=${first.next_cursor}`);
  expect([first.notes.length, second.notes.length, second.next_cursor]).toEqual([3, 2, null]);
  const all = await list('');
  expect([...first.notes, ...second.notes]).toEqual(all.notes);
  expect(all.notes.map(({ mine }) => mine).sort()).toEqual([false, false, true, true, true]);
  const own = await list('?owner=me');
  expect(own.notes).toEqual(all.notes.filter(({ mine }) => mine));
});

test('a note is shared with a group whatever its name, and each change has an ETag', async () => {
  for (const group of ['editors', 'Größe', '50%25', 'a+b&c=d', '__proto__', "';--", '100%']) {
    const [ada, reader] = [await client({ groups: [group] }), await client({ groups: ['other', group] })];
    const { id } = await ada.create();
    const path = `/${id}/groups/${encodeURIComponent(group)}`;
    const shared = await ada.ask('PUT', path);
    expect([shared.status, shared.headers.get('etag'), shared.body.shared_with]).toEqual([
      200,
      '"2"',
      [group],
    ]);
    expect((await ada.ask('PUT', path)).headers.get('etag')).toBe('"2"');
    expect((await reader.ask('GET', `/${id}`)).body).toMatchObject({ mine: false, shared_with: [group] });
    const stale = { headers: { 'if-match': '"1"' }, body: { title: 'x' } };
    expect((await ada.ask('PATCH', `/${id}`, stale)).status).toBe(412);
    const taken = await ada.ask('DELETE', path);
    expect([taken.headers.get('etag'), taken.body.shared_with]).toEqual(['"3"', []]);
    expect((await reader.ask('GET', `/${id}`)).status).toBe(404);
  }
});

test('a note is shared only with a group of one’s own', async () => {
  const ada = await client({ groups: ['editors'] });
  const { id } = await ada.create();
  const answer = await ada.ask<{ code: string }>('PUT', `/${id}/groups/admins`);
  expect([answer.status, answer.body.code]).toEqual([403, 'not_in_group']);
});

test('an Idempotency-Key makes one note of many requests', async () => {
  const ada = await client();
  const headers = { 'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' };
  const send = (title: string) => ada.ask('POST', '', { headers, body: { title, text: '' } });
  const answers = await Promise.all(Array.from({ length: 20 }, () => send('once')));
  expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(201);
  const other = await ada.ask<{ code: string }>('POST', '', { headers, body: { title: 'other', text: '' } });
  expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  expect((await ada.ask<Page>('GET')).body.notes).toHaveLength(1);
});

test('API-01 each scope opens its own half', async () => {
  const sub = crypto.randomUUID();
  const writer = await client({ sub, scope: 'notes/write' });
  const reader = await client({ sub, scope: 'notes/read' });
  const { id } = await writer.create();
  expect((await reader.ask('GET', `/${id}`)).status).toBe(200);
  for (const [who, method, path, scope] of [
    [writer, 'GET', '', 'notes/read'],
    [writer, 'GET', `/${id}`, 'notes/read'],
    [reader, 'POST', '', 'notes/write'],
    [reader, 'PATCH', `/${id}`, 'notes/write'],
    [reader, 'DELETE', `/${id}`, 'notes/write'],
    [reader, 'PUT', `/${id}/groups/editors`, 'notes/write'],
    [reader, 'DELETE', `/${id}/groups/editors`, 'notes/write'],
  ] as const) {
    const answer = await who.ask(method, path);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      403,
      `Bearer error="insufficient_scope", scope="${scope}"`,
    ]);
  }
});

test('API-06 somebody else’s note is as good as none, to read, to change and to share', async () => {
  const groups = ['editors'];
  const ada = await client({ tenant: 'one', groups });
  const strangers = [
    await client({ tenant: 'two', groups }),
    await client({ tenant: '', groups }),
    await client(),
    await client({ sub: 'client-id', scope: 'notes/read notes/write' }),
  ];
  const { id } = await ada.create();
  const headers = { 'if-match': '"1"' };
  for (const stranger of strangers) {
    for (const [method, path, sent] of [
      ['GET', '', {}],
      ['PATCH', '', { headers, body: { title: 'mine' } }],
      ['DELETE', '', { headers }],
      ['PUT', '/groups/editors', {}],
      ['DELETE', '/groups/editors', {}],
    ] as const) {
      const theirs = await stranger.ask(method, `/${id}${path}`, sent);
      const none = await stranger.ask(method, `/${crypto.randomUUID()}${path}`, sent);
      expect([method, theirs.status, theirs.body]).toEqual([method, 404, none.body]);
    }
    expect(JSON.stringify((await stranger.ask<Page>('GET', '?limit=100')).body)).not.toContain(id);
  }
  expect((await ada.ask('GET', `/${id}`)).body).toMatchObject({ title: 'A title', revision: 1 });
});

test('API-06 who may read a note may not change it', async () => {
  const [ada, charles] = [await client({ tenant: 'same' }), await client({ tenant: 'same' })];
  const { id } = await ada.create();
  expect((await charles.ask('GET', `/${id}`)).body.mine).toBe(false);
  const headers = { 'if-match': '"1"' };
  for (const [method, path] of [
    ['PATCH', ''],
    ['DELETE', ''],
    ['PUT', '/groups/editors'],
    ['DELETE', '/groups/editors'],
  ] as const) {
    const body = method === 'PATCH' ? { title: 'mine' } : undefined;
    const answer = await charles.ask<{ code: string }>(method, `/${id}${path}`, { headers, body });
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
  }
});

test('API-06 whose a note is, is the token’s to say', async () => {
  const ada = await client();
  const other = crypto.randomUUID();
  for (const body of [
    { title: 'x', text: '', owner_sub: other },
    { title: 'x', text: '', tenant: 'acme' },
    { title: 'x', text: '', id: other, revision: 9 },
  ])
    expect((await ada.ask('POST', '', { body })).status).toBe(400);
  expect((await ada.ask<Page>('GET', `?owner=${other}`)).status).toBe(400);
  expect((await ada.ask<Page>('GET', `?sub=${other}`)).status).toBe(400);
});
