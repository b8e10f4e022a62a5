import { expect, it } from 'vitest';
import { SingleFlight } from '../../lib/single-flight.ts';

it('all who ask for the same while it is under way are given one result', async () => {
  const flights = new SingleFlight<number>();
  let begun = 0;
  const work = async () => {
    begun += 1;
    await Promise.resolve();
    return begun;
  };
  const results = await Promise.all(Array.from({ length: 1_000 }, () => flights.share('a', work)));
  expect(new Set(results)).toEqual(new Set([1]));
});

it('work for another key is done beside it', async () => {
  const flights = new SingleFlight<string>();
  const both = ['a', 'b'].map((key) => flights.share(key, async () => key));
  expect(await Promise.all(both)).toEqual(['a', 'b']);
});

it('nothing is kept afterwards, neither a result nor a failure', async () => {
  const flights = new SingleFlight<string>();
  const failing = () => flights.share('a', async () => Promise.reject(new Error('not now')));
  const failures = await Promise.allSettled([failing(), failing()]);
  expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await flights.share('a', async () => 'then')).toBe('then');
  expect(await flights.share('a', async () => 'anew')).toBe('anew');
});
