import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import {
  type Counted,
  createRateLimits,
  type RateLimits,
  rateLimitHeaders,
} from '../../../lib/api/rate-limits.ts';
import { parseConfig } from '../../../lib/config.ts';
import { openDatabase } from '../../../lib/data/database.ts';
import { randomSecret } from '../../support/app.ts';

const settings = parseConfig({
  SESSION_SECRET: randomSecret(),
  API_REQUESTS_PER_USER: '3',
  API_REQUESTS_PER_ADDRESS: '5',
});
let limits: RateLimits;

beforeEach(() => {
  vi.useFakeTimers();
  limits = createRateLimits(settings, openDatabase(settings.database));
});
afterEach(() => vi.useRealTimers());

async function times(count: number, ask: () => Promise<Counted>): Promise<Counted[]> {
  const counted: Counted[] = [];
  for (let index = 0; index < count; index += 1) counted.push(await ask());
  return counted;
}

describe('a limit', () => {
  it('lets as many in as it says, and counts down to them', async () => {
    const counted = await times(5, () => limits.ofUser('ada'));
    expect(counted.map(({ remaining, exceeded }) => [remaining, exceeded])).toEqual([
      [2, false],
      [1, false],
      [0, false],
      [0, true],
      [0, true],
    ]);
    expect(counted[0]).toMatchObject({ name: 'user', quota: 3, resetIn: 60 });
  });

  it('begins anew after a minute, whatever was asked meanwhile', async () => {
    await times(4, () => limits.ofUser('ada'));
    vi.advanceTimersByTime(59_500);
    expect(await limits.ofUser('ada')).toMatchObject({ exceeded: true, resetIn: 1 });
    vi.advanceTimersByTime(501);
    expect(await limits.ofUser('ada')).toMatchObject({ exceeded: false, remaining: 2, resetIn: 60 });
  });

  it('of one person is nothing to another, and nothing to an address', async () => {
    await times(4, () => limits.ofUser('ada'));
    expect(await limits.ofUser('grace')).toMatchObject({ exceeded: false, remaining: 2 });
    expect(await limits.ofAddress('192.0.2.1')).toMatchObject({ exceeded: false, remaining: 4, quota: 5 });
    expect(await limits.ofAddress('192.0.2.2')).toMatchObject({ remaining: 4 });
  });

  it('holds for those whose address is not known, together', async () => {
    await times(5, () => limits.ofAddress(null));
    expect(await limits.ofAddress(null)).toMatchObject({ exceeded: true });
  });
});

describe('an IPv6 address', () => {
  test.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
    ['2001:db8::1', '2001:db8:0:0:1::'],
    ['2001:db8:1:2::1', '2001:0DB8:0001:0002:0000:0000:0000:0009'],
    ['::1', '0:0:0:0:1:2:3:4'],
    ['64:ff9b::192.0.2.1', '64:ff9b::198.51.100.1'],
    ['fe80::1%eth0', 'fe80::2'],
  ])('API-09 %s and %s are of one network, and share a counter', async (one, other) => {
    await limits.ofAddress(one);
    expect(await limits.ofAddress(other)).toMatchObject({ remaining: 3 });
  });

  test.each([
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['2001:db8::1', '2001:db8:0:1::1'],
    ['2001:db8:1:2::1', '2001:db8:12::1'],
  ])('API-09 %s and %s are of two', async (one, other) => {
    await limits.ofAddress(one);
    expect(await limits.ofAddress(other)).toMatchObject({ remaining: 4 });
  });
});

test('API-09 300,000 addresses take no more than 131,072 counters, and those are forgotten', async () => {
  for (let index = 0; index < 300_000; index += 1)
    await limits.ofAddress(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
  // A counter is forgotten by a timer of its own.
  expect(vi.getTimerCount()).toBeGreaterThan(2 ** 16);
  expect(vi.getTimerCount()).toBeLessThanOrEqual(2 ** 17);
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
}, 120_000);

test('the header fields are those of the draft, one item for each limit', async () => {
  const counted = [await limits.ofAddress('192.0.2.1'), await limits.ofUser('ada')];
  expect(rateLimitHeaders(counted)).toEqual({
    'ratelimit-policy': '"address";q=5;w=60, "user";q=3;w=60',
    ratelimit: '"address";r=4;t=60, "user";r=2;t=60',
  });
});
