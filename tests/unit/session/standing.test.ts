import { expect, it } from 'vitest';
import type { Database } from '../../../lib/data/database.ts';
import { AppError } from '../../../lib/errors.ts';
import { noteEnded, sessionStanding, tokenStanding } from '../../../lib/session/standing.ts';
import { config, liveSession, start, visitor } from '../../integration/registry/people.ts';

type Row = { sub: string; ended_at: number | null; last_seen_at: number };

/** A database of one row, which counts how often it is asked. */
function countingDatabase(row: Row) {
  const state = { row, calls: 0, down: false };
  const database = {
    use: async () => {
      state.calls += 1;
      if (state.down) throw new AppError('database_unavailable');
      return state.row;
    },
  } as unknown as Database;
  return { state, database };
}

const stands: Row = { sub: 'ada', ended_at: null, last_seen_at: start };
const ask = (live: ReturnType<typeof liveSession>, database: Database, milliseconds = 0) =>
  sessionStanding(config, live, () => visitor, start * 1_000 + milliseconds, database);

it('a thousand requests of one session in one second ask once', async () => {
  const { state, database } = countingDatabase(stands);
  const live = liveSession('ada');
  const answers = Array.from({ length: 1_000 }, (_, index) => ask(live, database, index));
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['stands']));
  expect(state.calls).toBe(1);
  await ask(live, database, 1_000);
  expect(state.calls).toBe(2);
});

it('what has ended is remembered for good, also while the database is down', async () => {
  const { state, database } = countingDatabase({ ...stands, ended_at: start });
  const live = liveSession('ada');
  expect(await ask(live, database)).toBe('ended');
  state.down = true;
  expect(await ask(live, database, 3_600_000)).toBe('ended');
  expect(state.calls).toBe(1);
});

it('a session that nobody can be asked about is unknown, for a second at a time', async () => {
  const { state, database } = countingDatabase(stands);
  state.down = true;
  const live = liveSession('ada');
  expect(await ask(live, database)).toBe('unknown');
  state.down = false;
  expect(await ask(live, database, 999)).toBe('unknown');
  expect(await ask(live, database, 1_000)).toBe('stands');
});

it('a session that was ended here has ended here, whether or not it could be recorded', async () => {
  const { state, database } = countingDatabase(stands);
  state.down = true;
  const live = liveSession('ada');
  noteEnded([live.session.sessionId], database);
  expect(await ask(live, database)).toBe('ended');
});

it("a row of somebody else's is no session", async () => {
  const { database } = countingDatabase({ ...stands, sub: 'grace' });
  expect(await ask(liveSession('ada'), database)).toBe('ended');
});

it('API-09 of many sessions only so many are remembered', async () => {
  const { state, database } = countingDatabase(stands);
  const first = liveSession('ada');
  await ask(first, database);
  for (let count = 0; count < 10_000; count += 1) noteEnded([`session ${count}`], database);
  await ask(first, database, 1);
  expect(state.calls).toBe(2);
});

it('a token is asked about apart from a session of the same person', async () => {
  const { state, database } = countingDatabase(stands);
  const live = liveSession('ada');
  await ask(live, database);
  await tokenStanding(live.access, start * 1_000, database);
  expect(state.calls).toBeGreaterThan(1);
});
