import { expect, it } from 'vitest';
import { retryAfter } from '../../../lib/http/retry-after.ts';

const now = Date.parse('2026-11-23T12:00:00Z');

it.each([
  ['0', 0],
  ['120', 120_000],
  ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
  ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  ['1'.repeat(400), undefined],
  [null, undefined],
])('Retry-After: %s', (value, wait) => {
  expect(retryAfter(value, now)).toBe(wait);
});
