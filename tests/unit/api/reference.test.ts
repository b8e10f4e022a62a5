import { execFileSync } from 'node:child_process';
import { expect, it, test } from 'vitest';
import { openApiDocument } from '../../../lib/api/openapi.ts';
import { operations } from '../../../lib/api/operations.ts';
import { curlOf } from '../../../lib/api/reference/curl.ts';
import { referenceOf } from '../../../lib/api/reference/reference.ts';
import { parseConfig } from '../../../lib/config.ts';
import { randomSecret } from '../../support/app.ts';

const settings = parseConfig({ SESSION_SECRET: randomSecret(), APP_URL: 'http://localhost:3000' });
const sections = referenceOf(openApiDocument(settings));
const all = sections.flatMap((section) => section.operations);
const signOut = all.find(({ id }) => id === 'signUserOut');

it('has every operation once, under its tag', () => {
  expect(all.map(({ id }) => id).sort()).toEqual(operations.map(({ id }) => id).sort());
  for (const { id, tag } of operations)
    expect(sections.find((section) => section.tag === tag)?.operations.map((one) => one.id)).toContain(id);
});

it('tells of each operation what the operation says', () => {
  for (const { id, method, path, summary, policy, body } of operations) {
    const told = all.find((one) => one.id === id);
    expect(told).toMatchObject({ method, path, summary, policy });
    expect(told?.body === undefined).toBe(body === undefined);
    expect(told?.answers.length, id).toBeGreaterThan(0);
    expect(
      told?.refusals.map(({ code }) => code),
      id,
    ).toContain('invalid_token');
  }
});

it('shows examples that the operation itself would take', () => {
  for (const { id, body, params, headers } of operations) {
    const told = all.find((one) => one.id === id);
    const given = (place: string) =>
      Object.fromEntries(
        (told?.parameters ?? [])
          .filter((one) => one.in === place && one.required)
          .map(({ name, example }) => [name, example]),
      );
    if (body) expect(body.safeParse(JSON.parse(told?.body?.example ?? '')).error, id).toBeUndefined();
    if (params) expect(params.safeParse(given('path')).error, id).toBeUndefined();
    if (headers) expect(headers.safeParse(given('header')).error, id).toBeUndefined();
  }
});

it('tells parameters, bodies and refusals in words', () => {
  expect(signOut?.parameters).toMatchObject([
    {
      in: 'path',
      name: 'username',
      type: 'text, up to 128 characters',
      required: true,
      example: 'linus@example.com',
    },
  ]);
  expect(signOut?.body?.members).toMatchObject([{ name: 'note', type: 'text, 1 to 200 characters' }]);
  expect(signOut?.refusals).toContainEqual({
    status: 404,
    code: 'unknown_user',
    text: 'The user pool has no user of this name.',
  });
  expect(signOut?.refusals).toContainEqual(expect.objectContaining({ status: 401, code: 'stale_sign_in' }));
});

test('the curl line is what a shell hands on unchanged, whatever is in it', () => {
  const call = {
    method: 'POST',
    url: "http://localhost:3000/it's?a=$HOME&b=`id`",
    headers: { 'If-Match': '"1"' },
    body: '{"note":"it\'s $5\\n"}',
  };
  const command = curlOf(call);
  expect(command.split('\n')[0]).toBe(`curl -i -X POST 'http://localhost:3000/it'\\''s?a=$HOME&b=\`id\`' \\`);
  const script = `curl() { printf '%s\\n' "$@"; }\n${command}`;
  const handedOn = execFileSync('/bin/sh', ['-c', script], {
    env: { ...process.env, ACCESS_TOKEN: 'abc' },
    encoding: 'utf8',
  });
  expect(handedOn.trimEnd().split('\n')).toEqual([
    '-i',
    '-X',
    'POST',
    call.url,
    '-H',
    'Authorization: Bearer abc',
    '-H',
    'If-Match: "1"',
    '-H',
    'Content-Type: application/json',
    '-d',
    call.body,
  ]);
});

test('the curl line has the ID token where nothing else is taken', () => {
  const tokens = all.map(({ id, curl }) => [id, /Bearer \$(\w+)"/.exec(curl)?.[1]]);
  expect(tokens.filter(([, token]) => token === 'ID_TOKEN').map(([id]) => id)).toEqual([
    'getAwsRole',
    'createAwsCredentials',
  ]);
  expect(tokens).toContainEqual(['getToken', 'ACCESS_TOKEN']);
});

test('what a call needs is in its curl line: the query that is required, and If-Match where 428 is answered', () => {
  const parameter = (place: 'query' | 'header', name: string, required: boolean) =>
    ({ in: place, name, required, schema: { type: 'string', example: `"${name}"` } }) as const;
  const [section] = referenceOf({
    openapi: '3.1.1',
    info: { title: 'x', version: '1' },
    servers: [{ url: 'http://localhost:3000' }],
    tags: [{ name: 'Notes' }],
    paths: {
      '/notes': {
        delete: {
          tags: ['Notes'],
          parameters: [
            parameter('query', 'since', true),
            parameter('query', 'limit', false),
            parameter('header', 'if-match', false),
            parameter('header', 'if-none-match', false),
          ],
          responses: { 204: { description: 'Done' }, 428: { description: 'Needs a condition' } },
        },
      },
    },
  });
  expect(section?.operations[0]?.curl).toBe(
    [
      "curl -i -X DELETE 'http://localhost:3000/notes?since=%22since%22' \\",
      '  -H "Authorization: Bearer $ACCESS_TOKEN" \\',
      '  -H \'if-match: "if-match"\'',
    ].join('\n'),
  );
});

test('the document is made once for a configuration', () => {
  expect(openApiDocument(settings)).toBe(openApiDocument(settings));
});
