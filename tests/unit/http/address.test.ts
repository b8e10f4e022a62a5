import { expect, it } from 'vitest';
import { addressOf } from '../../../lib/http/address.ts';
import { enterRequest } from '../../../lib/request-scope.ts';

/** The id of a request is bound to what is done for it: a task of its own here. */
const duringRequest = <Result>(work: () => Result): Promise<Result> =>
  Promise.resolve().then(() => {
    enterRequest(crypto.randomUUID(), "default-src 'none'");
    return work();
  });

const address = (forwarded: string, trustedProxies: number) =>
  duringRequest(() => addressOf(new Headers({ 'x-forwarded-for': forwarded }), trustedProxies));

it.each([
  ['nobody in front', '192.0.2.1', 0, '192.0.2.1'],
  ['a sender that names another', '203.0.113.9, 192.0.2.1', 0, '192.0.2.1'],
  ['a proxy', '192.0.2.1, 10.0.0.1', 1, '192.0.2.1'],
  ['a proxy, and a sender that names another', '203.0.113.9, 192.0.2.1, 10.0.0.1', 1, '192.0.2.1'],
  ['two proxies', '203.0.113.9,192.0.2.1,10.0.0.1,10.0.0.2', 2, '192.0.2.1'],
  ['a request around the proxies', '192.0.2.1', 2, '192.0.2.1'],
  ['a sender that names none, and a proxy', ',192.0.2.1,10.0.0.1', 1, '192.0.2.1'],
])('API-09 the address behind %s: %j', async (_, forwarded, trustedProxies, expected) => {
  expect(await address(forwarded, trustedProxies)).toBe(expected);
});

it.each([
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['<script>', null],
  ['203.0.113.9:443', '203.0.113.9'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[203.0.113.9]:x', null],
  ['203.0.113.999:443', null],
  ['unknown', null],
  ['', null],
])('of %j the address is %j', async (forwarded, expected) => {
  expect(await address(forwarded, 0)).toBe(expected);
});

it('no header is no address', async () => {
  expect(await duringRequest(() => addressOf(new Headers(), 0))).toBeNull();
});

it('API-09 of a request that nobody has marked, no address is believed', () => {
  expect(addressOf(new Headers({ 'x-forwarded-for': '203.0.113.9' }), 0)).toBeNull();
});
