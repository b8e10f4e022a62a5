import { expect, it, vi } from 'vitest';
import { enterRequest } from '../../../lib/request-scope.ts';
import { visitorOf } from '../../../lib/session/visitor.ts';
import { sessionSecret } from '../../support/configuration.ts';

vi.stubEnv('SESSION_SECRET', sessionSecret);

const visitor = (fields: Record<string, string>) => visitorOf(new Headers(fields));

it.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    'Chrome',
    'Linux',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
    'Safari',
    'iPhone',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:109.0) Gecko/20100101 Firefox/115.0', 'Firefox', 'Windows'],
  ['who knows', null, null],
])('%s', (userAgent, browser, system) => {
  expect(visitor({ 'user-agent': userAgent })).toEqual({ browser, system, address: null });
});

it('the address is the one that the proxies of one’s own did not add', () => {
  enterRequest(crypto.randomUUID(), "default-src 'none'");
  expect(visitor({ 'x-forwarded-for': '203.0.113.9, 192.0.2.1' }).address).toBe('192.0.2.1');
});

it('a user agent of any length is read in no time, and gives no long name', () => {
  const started = performance.now();
  const { browser, system } = visitor({
    'user-agent': `Mozilla/5.0 (${'a '.repeat(50_000)}) ${'b/'.repeat(9_000)}`,
  });
  expect(performance.now() - started).toBeLessThan(100);
  expect(`${browser}${system}`.length).toBeLessThan(130);
});
