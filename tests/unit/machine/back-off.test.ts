import { expect, it } from 'vitest';
import { backOff, restAfterRefusal } from '../../../lib/machine/back-off.ts';

const [least, most] = [() => 0, () => 1];

it('the wait doubles with each failure, up to a minute', () => {
  const waits = [1, 2, 3, 6, 7, 1_000].map((failures) => backOff(failures, undefined, most));
  expect(waits).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
});

it('it is drawn from the upper half, so that instances do not come back together', () => {
  expect(backOff(3, undefined, least)).toBe(2_000);
  expect(restAfterRefusal(least)).toBe(30_000);
  expect(restAfterRefusal(most)).toBe(60_000);
});

it('a server that asks for longer is left alone for longer, up to five minutes', () => {
  expect(backOff(1, 20_000, least)).toBe(20_000);
  expect(backOff(7, 20_000, most)).toBe(60_000);
  expect(backOff(1, 31_536_000_000, least)).toBe(300_000);
});
