import { globSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/processes.ts';
import { methods } from '../../support/api-document.ts';
import { type ApiStand, startApiStand } from '../../support/api-stand.ts';

let stand: ApiStand;

beforeAll(async () => {
  stand = await startApiStand();
});
afterAll(() => stand.stop());

test('the OpenAPI document is one, of version 3.1', async () => {
  const result = await new Validator().validate(structuredClone(stand.api.document) as never);
  expect(result).toMatchObject({ valid: true });
  expect(stand.api.document.openapi).toMatch(/^3\.1\./);
});

test('every method of every route is described, and nothing else', async () => {
  const paths = globSync('app/api/v1/**/route.ts', { cwd: root })
    .map((file) =>
      file
        .replace(/^app/, '')
        .replace(/\/route\.ts$/, '')
        .replaceAll(/\[(\w+)\]/g, '{$1}'),
    )
    .filter((path) => path !== '/api/v1/openapi.json');
  const answered = new Set<string>();
  for (const path of paths) {
    for (const method of methods) {
      const { status } = await stand.ask(path.replaceAll(/[{}]/g, ''), {}, method.toUpperCase());
      if (status !== 405) answered.add(`${method} ${path}`);
    }
  }
  const described = stand.api.operations.map(({ method, path }) => `${method} ${path}`);
  expect(described.sort()).toEqual([...answered].sort());
  expect(described.length).toBeGreaterThan(4);
});

test('each operation has a name of its own, words for people, and every parameter of its address', () => {
  const ids = stand.api.operations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, path, operation } of stand.api.operations) {
    expect(id).toMatch(/^[a-z][A-Za-z0-9]+$/);
    expect(operation.summary, id).toMatch(/^[A-Z].*[^.]$/);
    expect(operation.tags, id).toHaveLength(1);
    const described = (operation.parameters ?? []).filter(
      (parameter) => 'in' in parameter && parameter.in === 'path',
    );
    expect(described.map((parameter) => ('name' in parameter ? parameter.name : '')).sort(), id).toEqual(
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
    );
  }
});

test('every operation tells the refusals of the guard and the limits, each with its codes', () => {
  for (const { id, operation } of stand.api.operations)
    expect(Object.keys(operation.responses ?? {}), id).toEqual(
      expect.arrayContaining(['400', '401', '429', '503']),
    );
  const seen = { status: 403, headers: { 'content-type': 'application/problem+json' } };
  const problem = (code: string) =>
    JSON.stringify({ type: 'about:blank', title: 'Forbidden', status: 403, detail: 'x', code });
  expect(stand.api.complaints('getMe', { ...seen, text: problem('insufficient_scope') })).toEqual([]);
  expect(stand.api.complaints('getMe', { ...seen, text: problem('unknown_user') })).toEqual([
    '/code must be equal to one of the allowed values',
  ]);
});

test('it names public addresses of the user pool, and nothing else of the configuration', () => {
  const text = JSON.stringify(stand.api.document);
  const { COGNITO_CLIENT_ID = '', COGNITO_CLIENT_SECRET = '', SESSION_SECRET = '' } = stand.app.environment;
  for (const value of [COGNITO_CLIENT_ID, COGNITO_CLIENT_SECRET, SESSION_SECRET]) {
    expect(value).not.toBe('');
    expect(text).not.toContain(value);
  }
  const addresses = text.match(/https?:\/\/[^"\\ ]+/g) ?? [];
  expect(new Set(addresses.map((address) => new URL(address).origin))).toEqual(
    new Set([stand.app.url, stand.pool.origin]),
  );
});
