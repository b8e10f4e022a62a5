import type { ClientRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApiStand, startApiStand } from '../../support/api-stand.ts';
import type { RawAnswer } from '../../support/raw-request.ts';

const path = '/api/v1/admin/users/bea/sign-out';
const json = { 'content-type': 'application/json' };
const good = '{"note":"Laptop lost"}';
/** Whatever is sent holds it, and no answer may. */
const marker = 'marker-0123456789';

let stand: ApiStand;
let authorization: string;

beforeAll(async () => {
  stand = await startApiStand();
});
afterAll(() => stand.stop());
beforeEach(async () => {
  stand.pool.reset();
  const bea = { Username: 'bea', UserAttributes: [{ Name: 'sub', Value: crypto.randomUUID() }] };
  stand.pool.onApi(({ operation }) => ({ body: operation === 'AdminGetUser' ? bea : {} }));
  authorization = await stand.authorization();
});

type Body = string | Uint8Array | ((sent: ClientRequest) => void);

const post = (body: Body, headers: Record<string, string> = json): Promise<RawAnswer> =>
  stand.ask(path, { authorization, ...headers }, 'POST', (sent) =>
    typeof body === 'function' ? body(sent) : sent.end(body),
  );

function expectRefusal(answer: RawAnswer, status: number, code: string): void {
  expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/problem+json']);
  expect(JSON.parse(answer.text)).toMatchObject({ type: 'about:blank', status, code });
  expect(stand.api.complaints('signUserOut', answer)).toEqual([]);
  expect(answer.text).not.toContain(marker);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(stand.pool.apiRequests).toEqual([]);
}

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each<[string, Body, Record<string, string>?]>([
  ['as it should be', good],
  ['with a charset', good, { 'content-type': 'Application/JSON; charset="UTF-8"' }],
  [
    'in pieces',
    (sent) => {
      for (const part of good) sent.write(part);
      sent.end();
    },
  ],
  [
    'after 100 Continue',
    (sent) => sent.once('continue', () => sent.end(good)).flushHeaders(),
    { ...json, expect: '100-continue' },
  ],
  ['with a member twice, of which the last counts', '{"note":"","note":"Laptop lost"}'],
  ['not compressed, and saying so', good, { ...json, 'content-encoding': 'identity' }],
  ['with blank space around it', ` \n${good}\t `],
])('a body %s is taken', async (_, body, headers) => {
  const answer = await post(body, headers);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { revoked: true, noted: true }]);
  expect(stand.api.complaints('signUserOut', answer)).toEqual([]);
});

describe('API-07', () => {
  test.each<[string, Record<string, string>]>([
    ['of no type', {}],
    ['as text', { 'content-type': 'text/plain' }],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['as another JSON', { 'content-type': 'application/merge-patch+json' }],
    ['in UTF-16', { 'content-type': 'application/json; charset=utf-16' }],
    ['in Latin-1', { 'content-type': 'application/json;charset=iso-8859-1' }],
    ['with two charsets', { 'content-type': 'application/json; charset=utf-8; charset=utf-7' }],
    ['of two types', { 'content-type': 'application/json, text/plain' }],
    ['compressed', { ...json, 'content-encoding': 'gzip' }],
    ['compressed twice', { ...json, 'content-encoding': 'br, gzip' }],
  ])('API-07 a body %s: 415', async (_, headers) => {
    const body = headers['content-encoding'] ? gzipSync(good) : good.replace('Laptop', marker);
    expectRefusal(await post(body, headers), 415, 'unsupported_media_type');
  });

  test.each<[string, Body]>([
    ['nothing', ''],
    ['half of an object', `{"note":"${marker}`],
    ['more than one value', `${good}${good}`],
    ['a comma too many', '{"note":"x",}'],
    ['single quotes', "{'note':'x'}"],
    ['a comment', '/* x */ {"note":"x"}'],
    ['a byte order mark', `\uFEFF${good}`],
    ['UTF-16', Buffer.from(good, 'utf16le')],
    ['a byte that is no UTF-8', Buffer.from([...Buffer.from('{"note":"'), 0xff, ...Buffer.from('"}')])],
    ['an overlong slash', Buffer.from([...Buffer.from('{"note":"'), 0xc0, 0xaf, ...Buffer.from('"}')])],
    [
      'a surrogate in UTF-8',
      Buffer.from([...Buffer.from('{"note":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
    ],
    ['16,000 brackets that are never closed', '['.repeat(16_000)],
    ['a compressed body that is not called one', gzipSync(good)],
    ['a NUL after its end', `${good}\0`],
  ])('API-07 %s is no JSON: 400', async (_, body) => {
    expectRefusal(await post(body), 400, 'bad_request');
  });

  test.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', `"${marker}"`],
    ['8,000 lists in one another', nested(8_000)],
    ['no note', '{}'],
    ['a blank note', '{"note":" "}'],
    ['a note of another type', '{"note":{"$ne":null}}'],
    ['a list of notes', `{"note":["${marker}"]}`],
    ['a note that is too long', `{"note":"${marker}${'n'.repeat(200)}"}`],
    ['half of a character', '{"note":"\\ud800"}'],
    ['a NUL', '{"note":"a\\u0000b"}'],
    ['a line break', '{"note":"a\\nb"}'],
    ['a member that is not known', `{"note":"x","${marker}":1}`],
    ['__proto__', `{"note":"x","__proto__":{"admin":true,"${marker}":1}}`],
    ['constructor', `{"note":"x","constructor":{"prototype":{"admin":true}}}`],
    ['toString', '{"note":"x","toString":"x"}'],
    ['nothing but __proto__', '{"__proto__":{"note":"x"}}'],
  ])('API-07 %s is not what is asked for: 400, and which part', async (_, body) => {
    const answer = await post(body);
    expectRefusal(answer, 400, 'invalid_input');
    const { errors } = JSON.parse(answer.text) as { errors: { in: string }[] };
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.every((error) => error.in === 'body')).toBe(true);
  });

  test.each<[string, Body, Record<string, string>?]>([
    ['16,385 bytes', ' '.repeat(16_385 - good.length) + good],
    ['12 MB', `{"note":"${'x'.repeat(12 * 1024 * 1024)}"}`],
    [
      '17 KB, and does not say so',
      (sent) => void sent.write(' '.repeat(9_000), () => sent.end(' '.repeat(9_000))),
    ],
    [
      'as many bytes as a number can say',
      (sent) => sent.flushHeaders(),
      { ...json, 'content-length': `${2 ** 53}` },
    ],
    ['10 GB, by its own word', (sent) => sent.flushHeaders(), { ...json, 'content-length': '10737418240' }],
  ])('API-07 a body of %s: 413, as soon as that is known', async (_, body, headers) => {
    const began = performance.now();
    expectRefusal(await post(body, headers), 413, 'body_too_large');
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  test('API-07 a body of 16,384 bytes is not too long', async () => {
    expect((await post(' '.repeat(16_384 - good.length) + good)).status).toBe(200);
  });

  test.each([
    ['a length that is none', { 'content-length': '-1' }],
    ['two framings', { 'content-length': '5', 'transfer-encoding': 'chunked' }],
  ])('API-07 %s is refused by the server itself', async (_, headers) => {
    const answer = await post((sent) => sent.end(), { ...json, ...headers }).catch(() => undefined);
    expect(answer?.status ?? 400).toBe(400);
    expect(stand.pool.apiRequests).toEqual([]);
  });

  test('API-07 a body that does not come, breaks off or trickles: 408 after ten seconds, and the connection is closed', async () => {
    const waiting: Body[] = [
      (sent) => sent.flushHeaders(),
      (sent) => sent.write(good),
      (sent) => {
        const trickle = setInterval(() => sent.write(' '), 250);
        sent.once('close', () => clearInterval(trickle)).on('error', () => {});
      },
    ];
    const began = performance.now();
    const answers = await Promise.all(
      waiting.map((body) => post(body, { ...json, 'content-length': '4000', connection: 'keep-alive' })),
    );
    const took = performance.now() - began;
    expect(took).toBeGreaterThan(9_500);
    expect(took).toBeLessThan(20_000);
    for (const answer of answers) {
      expectRefusal(answer, 408, 'request_timeout');
      expect(answer.headers.connection).toBe('close');
    }
  });

  test('API-07 who may not is told so before a body is read', async () => {
    authorization = await stand.authorization({ 'cognito:groups': [] });
    expectRefusal(
      await post((sent) => sent.flushHeaders(), { ...json, 'content-length': '4000' }),
      403,
      'forbidden',
    );
  });
});
