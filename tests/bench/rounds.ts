import { type Measurement, merge } from './load.ts';

/**
 * Measures several things beside each other: each once forwards and once backwards, so that what changes with time (other
 * programs, a processor's clock, a growing store) falls on all of them alike.
 * @returns one measurement of each, by its name
 */
export async function rounds<Participants extends Record<string, () => Promise<Measurement>>>(
  participants: Participants,
): Promise<{ [Name in keyof Participants]: Measurement }> {
  const forwards = Object.entries(participants);
  const measured: [string, Measurement][] = [];
  for (const [name, run] of [...forwards, ...forwards.toReversed()]) measured.push([name, await run()]);
  const all = (name: string) => measured.filter(([of]) => of === name).map(([, measurement]) => measurement);
  return Object.fromEntries(forwards.map(([name]) => [name, merge(all(name))])) as {
    [Name in keyof Participants]: Measurement;
  };
}
