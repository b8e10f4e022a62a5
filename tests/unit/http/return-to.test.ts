import { expect, it } from 'vitest';
import { returnPath } from '../../../lib/http/return-to.ts';

it.each([
  '/',
  '/home',
  '/admin/users',
  '/search?q=a%20b&page=2',
  '/search?next=https://elsewhere.example/',
  '/docs#section',
  '/docs?x=1#/route',
  '/caf%C3%A9',
  '/a//b',
  '/a:b@c',
])('%s is a page to return to, kept as it is', (path) => {
  expect(returnPath(path)).toBe(path);
});

it.each([
  ['/a/../home', '/home'],
  ['/a/./b', '/a/b'],
  ['/café', '/caf%C3%A9'],
])('%s is written as a browser writes it', (path, written) => {
  expect(returnPath(path)).toBe(written);
});

it.each(['', 'home', './home', '?q=1', '#x', '/%zz', '/%ff', '/a b', '/a\tb', '/a\nb', '/a\\b', '/a\x7f'])(
  '"%s" leads to the default page',
  (value) => {
    expect(returnPath(value)).toBe('/home');
    expect(returnPath(value, '/')).toBe('/');
  },
);
