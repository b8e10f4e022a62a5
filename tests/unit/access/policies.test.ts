import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pagePolicies, policyFor } from '../../../lib/access/policies.ts';

it.each([
  ['/home', '/home'],
  ['/admin', '/admin'],
  ['/admin/', '/admin'],
  ['/admin/x', '/admin'],
  ['/admin/x/y', '/admin'],
  ['/pro', '/pro'],
  ['/pro/reports', '/pro'],
] as const)('%s is covered by the policy of %s', (path, line) => {
  expect(policyFor(path)).toBe(pagePolicies[line]);
});

it.each([
  '/',
  '/administrator',
  '/admin-tools',
  '/Admin',
  '/homes',
  '/profile',
  '/sign-in',
  '/x/admin',
  'admin',
  '',
  '/__proto__',
  '/constructor',
])('%s is covered by none', (path) => {
  expect(policyFor(path)).toBeUndefined();
});

const root = join(import.meta.dirname, '../../..');

it('each line of the table has a page, or the handler of a form, that calls its guard with the same path', () => {
  for (const path of Object.keys(pagePolicies)) {
    const page = join(root, 'app', path, 'page.tsx');
    const handler = join(root, 'app', path, 'route.ts');
    expect(existsSync(page) || existsSync(handler), path).toBe(true);
    if (existsSync(page)) expect(readFileSync(page, 'utf8')).toContain(`requirePage('${path}')`);
    else expect(readFileSync(handler, 'utf8')).toContain(`form: '${path}'`);
  }
});

it('a path is covered by its nearest line', () => {
  expect(policyFor('/admin/sign-out')).toBe(pagePolicies['/admin/sign-out']);
  expect(policyFor('/admin/sign-out/x')).toBe(pagePolicies['/admin/sign-out']);
  expect(policyFor('/admin/sign-outs')).toBe(pagePolicies['/admin']);
});
