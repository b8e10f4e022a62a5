import { expect, it } from 'vitest';
import { isFromOwnOrigin } from '../../../lib/http/origin.ts';

const appUrl = new URL('https://app.example.com');
const own = 'https://app.example.com';

const origins = [
  undefined,
  own,
  'null',
  '',
  'https://attacker.example',
  'http://app.example.com',
  'https://app.example.com:8443',
  'https://app.example.com.attacker.example',
  'https://sub.app.example.com',
  'HTTPS://APP.EXAMPLE.COM',
  'https://app.example.com/',
  `${own}, ${own}`,
];
const sites = [undefined, 'same-origin', 'same-site', 'cross-site', 'none', '', 'Same-Origin'];

const combinations = origins.flatMap((origin) =>
  sites.map((site) => {
    const accepted =
      (origin === own || origin === undefined) && (site === 'same-origin' || site === undefined);
    return [origin, site, accepted && (origin ?? site) !== undefined] as const;
  }),
);

it.each(combinations)('Origin %s with Sec-Fetch-Site %s is accepted: %s', (origin, site, accepted) => {
  const headers = new Headers({
    ...(origin !== undefined && { origin }),
    ...(site !== undefined && { 'sec-fetch-site': site }),
  });
  expect(isFromOwnOrigin(headers, appUrl)).toBe(accepted);
});

it('only three combinations are accepted', () => {
  expect(combinations.filter(([, , accepted]) => accepted)).toHaveLength(3);
});

it('Host and forwarded headers have no say', () => {
  const headers = new Headers({
    origin: 'https://attacker.example',
    host: 'attacker.example',
    'x-forwarded-host': 'attacker.example',
    'x-forwarded-proto': 'https',
    referer: `${own}/home`,
  });
  expect(isFromOwnOrigin(headers, appUrl)).toBe(false);
  headers.delete('origin');
  expect(isFromOwnOrigin(headers, appUrl)).toBe(false);
});
