import { expect, it } from 'vitest';
import { remembering } from '../../lib/remembering.ts';

/** In milliseconds. */
const aSecond = () => 1_000;

it('a thousand who ask at once and within a second are one check', async () => {
  let [checks, time] = [0, 0];
  const check = remembering(
    async () => {
      checks += 1;
      return checks;
    },
    aSecond,
    () => time,
  );
  const ask = () => Promise.all(Array.from({ length: 1_000 }, check));
  expect(new Set(await ask())).toEqual(new Set([1]));
  time = 999;
  await ask();
  expect(checks).toBe(1);
  time = 1_000;
  expect(await check()).toBe(2);
  expect(checks).toBe(2);
});

it('a check that takes longer than a second is still one check', async () => {
  let [checks, time] = [0, 0];
  let finish = (_: string) => {};
  const check = remembering(
    () => {
      checks += 1;
      return new Promise<string>((resolve) => {
        finish = resolve;
      });
    },
    aSecond,
    () => time,
  );
  const first = check();
  time = 4_000;
  const second = check();
  finish('good');
  expect(await Promise.all([first, second])).toEqual(['good', 'good']);
  expect(checks).toBe(1);
});

it('a check that fails is tried again after the time that a failure is good for', async () => {
  let time = 0;
  let fails = true;
  const check = remembering(
    async () => {
      if (fails) throw new Error('broken');
      return 'good';
    },
    (answer) => (answer === undefined ? 200 : 1_000),
    () => time,
  );
  await expect(check()).rejects.toThrow('broken');
  [time, fails] = [199, false];
  await expect(check()).rejects.toThrow('broken');
  time = 200;
  expect(await check()).toBe('good');
});
