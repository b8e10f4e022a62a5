import { expect, it } from 'vitest';
import { type Readiness, rememberingCheck } from '../../lib/readiness.ts';

const good: Readiness = { userPool: true, database: true };

it('a thousand who ask at once and within a second are one check', async () => {
  let [checks, time] = [0, 0];
  const check = rememberingCheck(
    async () => {
      checks += 1;
      return { ...good, database: checks > 1 };
    },
    () => time,
  );
  const ask = () => Promise.all(Array.from({ length: 1_000 }, check));
  expect(new Set((await ask()).map(({ database }) => database))).toEqual(new Set([false]));
  time = 999;
  await ask();
  expect(checks).toBe(1);
  time = 1_000;
  expect((await check()).database).toBe(true);
  expect(checks).toBe(2);
});

it('a check that takes longer than a second is still one check', async () => {
  let [checks, time] = [0, 0];
  let finish = (_: Readiness) => {};
  const check = rememberingCheck(
    () => {
      checks += 1;
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    () => time,
  );
  const first = check();
  time = 4_000;
  const second = check();
  finish(good);
  expect(await Promise.all([first, second])).toEqual([good, good]);
  expect(checks).toBe(1);
});

it('a check that fails is tried again after a second', async () => {
  let time = 0;
  let fails = true;
  const check = rememberingCheck(
    async () => {
      if (fails) throw new Error('broken');
      return good;
    },
    () => time,
  );
  await expect(check()).rejects.toThrow('broken');
  [time, fails] = [1_000, false];
  expect(await check()).toEqual(good);
});
