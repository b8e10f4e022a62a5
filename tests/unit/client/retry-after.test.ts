import { expect, it } from 'vitest';
import { retryAfter } from '../../../lib/client/retry-after.ts';

const now = Date.UTC(2026, 10, 23, 12, 0, 0);

it.each([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
  ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
  [null, undefined],
  ['', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['99999999999', undefined],
  ['soon', undefined],
  ['Soon', undefined],
])('Retry-After: %j', (field, expected) => {
  expect(retryAfter(field, now)).toBe(expected);
});
