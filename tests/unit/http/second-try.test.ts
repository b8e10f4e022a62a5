import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withSecondTry } from '../../../lib/http/second-try.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** @returns a read that fails so many times, and when each try began */
function failing(times: number) {
  const tries: number[] = [];
  const read = async () => {
    tries.push(Date.now());
    if (tries.length <= times) throw new Error(`try ${tries.length}`);
    return 'read';
  };
  return { read, tries };
}

it('what can be read at once is read once', async () => {
  const { read, tries } = failing(0);
  expect(await withSecondTry(read)).toBe('read');
  expect(tries).toHaveLength(1);
});

it('IF-03 what failed is read once more, after a pause that differs from time to time', async () => {
  const pauses = new Set<number>();
  for (let count = 0; count < 20; count += 1) {
    const { read, tries } = failing(1);
    const result = withSecondTry(read);
    await vi.advanceTimersByTimeAsync(400);
    expect(await result).toBe('read');
    pauses.add(Number(tries[1]) - Number(tries[0]));
  }
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(400);
  expect(pauses.size).toBeGreaterThan(5);
});

it('IF-03 there is no third try', async () => {
  const { read, tries } = failing(3);
  const result = withSecondTry(read);
  const refused = expect(result).rejects.toThrow('try 2');
  await vi.advanceTimersByTimeAsync(10_000);
  await refused;
  expect(tries).toHaveLength(2);
});

it('IF-02 what took all of the time is not tried again, and both tries share the time', async () => {
  vi.useRealTimers();
  let tries = 0;
  const started = performance.now();
  const read = (signal: AbortSignal) => {
    tries += 1;
    return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  await expect(withSecondTry(read)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(tries).toBe(1);
  expect(performance.now() - started).toBeLessThan(6_000);
});
