import { expect, it } from 'vitest';
import { addressOf } from '../../../lib/http/address.ts';

const address = (forwarded: string, trustedProxies: number) =>
  addressOf(new Headers({ 'x-forwarded-for': forwarded }), trustedProxies);

it.each([
  ['nobody in front', '192.0.2.1', 0, '192.0.2.1'],
  ['a sender that names another', '203.0.113.9, 192.0.2.1', 0, '192.0.2.1'],
  ['a proxy', '192.0.2.1, 10.0.0.1', 1, '192.0.2.1'],
  ['a proxy, and a sender that names another', '203.0.113.9, 192.0.2.1, 10.0.0.1', 1, '192.0.2.1'],
  ['two proxies', '203.0.113.9,192.0.2.1,10.0.0.1,10.0.0.2', 2, '192.0.2.1'],
  ['a request around the proxies', '192.0.2.1', 2, '192.0.2.1'],
  ['a sender that names none, and a proxy', ',192.0.2.1,10.0.0.1', 1, '192.0.2.1'],
])('API-09 the address behind %s: %j', (_, forwarded, trustedProxies, expected) => {
  expect(address(forwarded, trustedProxies)).toBe(expected);
});

it.each([
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['<script>', null],
  ['203.0.113.9:443', null],
  ['unknown', null],
  ['', null],
])('of %j the address is %j', (forwarded, expected) => {
  expect(address(forwarded, 0)).toBe(expected);
});

it('no header is no address', () => {
  expect(addressOf(new Headers(), 0)).toBeNull();
});
