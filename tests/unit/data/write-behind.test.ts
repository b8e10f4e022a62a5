import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WriteBehind } from '../../../lib/data/write-behind.ts';

/** A store that can be down, and what it was given while it was not. */
function recording(most = 10) {
  const state = { down: false, batches: [] as string[][], failures: [] as number[] };
  const store = async (rows: string[]) => {
    if (state.down) throw new Error('down');
    state.batches.push(rows);
  };
  const behind = new WriteBehind<string>(store, (waiting) => state.failures.push(waiting), most);
  return { state, behind };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('what is put within five seconds is written together, of each key the last', async () => {
  const { state, behind } = recording();
  behind.put('a', 'a1');
  behind.put('b', 'b1');
  behind.put('a', 'a2');
  await vi.advanceTimersByTimeAsync(4_999);
  expect(state.batches).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(state.batches).toEqual([['a2', 'b1']]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.batches).toHaveLength(1);
});

it('what could not be written is tried again every five seconds, with what came since', async () => {
  const { state, behind } = recording();
  state.down = true;
  behind.put('a', 'a1');
  behind.put('b', 'b1');
  await vi.advanceTimersByTimeAsync(5_000);
  behind.put('a', 'a2');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(state.failures).toEqual([2, 2]);
  state.down = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(state.batches.map((rows) => rows.toSorted())).toEqual([['a2', 'b1']]);
});

it('a newer row is not replaced by an older one whose writing failed', async () => {
  const { state, behind } = recording();
  state.down = true;
  behind.put('a', 'a1');
  const failing = behind.write();
  behind.put('a', 'a2');
  await expect(failing).rejects.toThrow('down');
  state.down = false;
  await behind.write();
  expect(state.batches).toEqual([['a2']]);
});

it('two who write at once write everything once', async () => {
  const { state, behind } = recording();
  behind.put('a', 'a1');
  await Promise.all([behind.write(), behind.write()]);
  expect(state.batches).toEqual([['a1']]);
});

it('only so many wait while nothing can be written', async () => {
  const { state, behind } = recording(2);
  for (const key of ['a', 'b', 'c']) behind.put(key, `${key}1`);
  behind.put('b', 'b2');
  await behind.write();
  expect(state.batches).toEqual([['a1', 'b2']]);
});
