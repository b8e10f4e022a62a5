import { type Measurement, merge } from './load.ts';

type Participants = Record<string, () => Promise<Measurement>>;
type Rounds<Named> = {
  [Name in keyof Named]: Named[Name] extends (() => Promise<infer One>) | undefined ? One[] : never;
};

/**
 * Measures several things beside each other: forwards and backwards in turn, so that what changes with time (other
 * programs, a processor's clock, a growing store) falls on all of them alike.
 * @returns the measurements of each, one a round, by its name
 */
export async function eachRound<Named extends Participants>(
  participants: Named,
  count: number,
): Promise<Rounds<Named>> {
  const forwards = Object.entries(participants);
  const measured: [string, Measurement][] = [];
  for (let round = 0; round < count; round += 1) {
    for (const [name, run] of round % 2 === 0 ? forwards : forwards.toReversed())
      measured.push([name, await run()]);
  }
  const all = (name: string) => measured.filter(([of]) => of === name).map(([, measurement]) => measurement);
  return Object.fromEntries(forwards.map(([name]) => [name, all(name)])) as Rounds<Named>;
}

/** Two rounds of {@link eachRound}. @returns one measurement of each, by its name */
export async function rounds<Named extends Participants>(
  participants: Named,
): Promise<{ [Name in keyof Named]: Measurement }> {
  const measured = await eachRound(participants, 2);
  const each = Object.entries(measured as Record<string, Measurement[]>);
  const merged = each.map(([name, rounds]) => [name, merge(rounds)]);
  return Object.fromEntries(merged) as {
    [Name in keyof Named]: Measurement;
  };
}
