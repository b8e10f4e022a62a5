import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DatabaseLocation } from '../../../lib/config.ts';
import type { Database } from '../../../lib/data/database.ts';
import { prune } from '../../../lib/data/prune.ts';
import type { SessionRow } from '../../../lib/data/tables.ts';
import {
  endAllOtherSessions,
  endByAdministrator,
  endOtherSession,
  endOwnSession,
} from '../../../lib/session/end-recorded.ts';
import { writeSeen } from '../../../lib/session/last-seen.ts';
import { listSessions, recordSession } from '../../../lib/session/registry.ts';
import { recentEvents } from '../../../lib/session/security-events.ts';
import { sessionStanding, tokenStanding } from '../../../lib/session/standing.ts';
import { type Databases, engines } from './databases.ts';
import { config, liveSession, rowOf, start, visitor } from './people.ts';

const run = promisify(execFile);

describe.each(engines)('the registry on $name', ({ missing, start: startEngine }) => {
  if (missing) return it.skip(`is not tested: ${missing}`);

  let databases: Databases;
  let location: DatabaseLocation;
  /** What two processes have. */
  let here: Database;
  let there: Database;

  beforeAll(async () => {
    databases = await startEngine();
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    location = await databases.location();
    here = databases.open(location);
    there = databases.open(location);
  });

  /** What processes of their own say of the database, started all at once. */
  const askedByProcesses = (count: number) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const file = join(import.meta.dirname, 'process.ts');
        return (await run(process.execPath, [file, JSON.stringify(location)])).stdout;
      }),
    );

  const signIn = async (sub = 'ada', openedAt = start) => {
    const live = liveSession(sub, openedAt);
    await recordSession(rowOf(live), here);
    return live;
  };
  const ids = (rows: readonly SessionRow[]) => rows.map(({ id }) => id).sort();
  const standing = (live: ReturnType<typeof liveSession>, seconds: number, database = here) =>
    sessionStanding(config, live, () => visitor, seconds * 1_000, database);
  const kinds = async (sub = 'ada') => (await recentEvents(sub, 50, here)).map(({ kind }) => kind);

  it('many processes may bring its tables up to date at once', async () => {
    expect(await askedByProcesses(6)).toEqual(Array(6).fill('true'));
    expect(await listSessions('ada', start, here)).toEqual([]);
  });

  it('a session comes back as it was recorded, with numbers for times', async () => {
    const row = rowOf(await signIn());
    expect(await listSessions('ada', start, there)).toEqual([row]);
    expect(row).toMatchObject({ created_at: start, expires_at: start + config.idleLifetime });
  });

  it('a person sees sessions of their own that stand, the one that was seen last first', async () => {
    const [first, second, ended] = [await signIn(), await signIn(), await signIn()];
    await signIn('grace');
    await endOtherSession('ada', ended.session.sessionId, visitor, start, here);
    await standing(first, start + 120);
    await writeSeen(here);
    const listed = await listSessions('ada', start + 120, here);
    expect(listed.map(({ id }) => id)).toEqual([first.session.sessionId, second.session.sessionId]);
    expect(await listSessions('ada', start + config.sessionLifetime, here)).toEqual([]);
  });

  it('when it was seen is written once a minute, and by no process back', async () => {
    const live = await signIn();
    const seen = async () => {
      for (const process of [here, there]) await writeSeen(process);
      return (await listSessions('ada', start, here))[0]?.last_seen_at;
    };
    await standing(live, start + 59);
    expect(await seen()).toBe(start);
    await standing(live, start + 60);
    expect(await seen()).toBe(start + 60);
    await standing(live, start + 30, there);
    expect(await seen()).toBe(start + 60);
  });

  it('a thousand sessions that are seen at once are all recorded, and none that has ended stands again', async () => {
    const sessions = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => signIn(`person ${index}`)),
    );
    await Promise.all(sessions.map((live) => standing(live, start + 60)));
    const [first] = sessions;
    if (!first) throw new Error('nobody signed in');
    await endOtherSession('person 0', first.session.sessionId, visitor, start + 61, there);
    await writeSeen(here);
    expect(await standing(first, start + 62)).toBe('ended');
    for (const index of [1, 499, 999])
      expect(await listSessions(`person ${index}`, start, there)).toMatchObject([
        { last_seen_at: start + 60 },
      ]);
  });

  it('LO-03 a session that ended from another device is refused here at once, and everywhere within a second', async () => {
    const live = await signIn();
    expect(await standing(live, start)).toBe('stands');
    expect(await standing(live, start, there)).toBe('stands');
    expect(await endOtherSession('ada', live.session.sessionId, visitor, start, here)).toBe(true);
    expect(await standing(live, start)).toBe('ended');
    expect(await standing(live, start + 0.999, there)).toBe('stands');
    expect(await standing(live, start + 1, there)).toBe('ended');
  });

  it('LO-04 what was ended while the question was out has ended', async () => {
    const live = await signIn();
    const question = standing(live, start);
    await endOtherSession('ada', live.session.sessionId, visitor, start, here);
    await question;
    expect(await standing(live, start)).toBe('ended');
  });

  it("nobody ends somebody else's session, and none ends twice", async () => {
    const live = await signIn();
    expect(await endOtherSession('grace', live.session.sessionId, visitor, start, here)).toBe(false);
    expect(await endOtherSession('ada', live.session.sessionId, visitor, start, here)).toBe(true);
    expect(await endOtherSession('ada', live.session.sessionId, visitor, start + 5, there)).toBe(false);
    expect(await endOtherSession('ada', 'unknown', visitor, start, here)).toBe(false);
  });

  it('all others end, and this one goes on', async () => {
    const [mine, other, third] = [await signIn(), await signIn(), await signIn()];
    const grace = await signIn('grace');
    expect(await endAllOtherSessions('ada', mine.session.sessionId, visitor, start, here)).toBe(2);
    expect(ids(await listSessions('ada', start, here))).toEqual([mine.session.sessionId]);
    expect(await standing(other, start + 5, there)).toBe('ended');
    expect(await standing(third, start + 5, there)).toBe('ended');
    expect(await standing(grace, start + 5, there)).toBe('stands');
  });

  it('an administrator ends all sessions of a person, and a later sign-in stands', async () => {
    const live = await signIn();
    expect(await endByAdministrator('ada', start + 10, here)).toBe(1);
    expect(await standing(live, start + 11, there)).toBe('ended');
    const later = await signIn('ada', start + 20);
    expect(await standing(later, start + 20, there)).toBe('stands');
  });

  it('LO-04 a session that is taken in while its person is signed out everywhere has ended', async () => {
    for (let round = 0; round < 50; round += 1) {
      const sub = `leaving ${round}`;
      const live = liveSession(sub);
      await Promise.all([standing(live, start, here), endByAdministrator(sub, start + 1, here)]);
      expect(await standing(live, start + 5, there)).toBe('ended');
      expect(await listSessions(sub, start + 5, there)).toEqual([]);
    }
  });

  it('a session from before the registry is taken in, and can be ended like any other', async () => {
    const live = liveSession('ada');
    expect(await standing(live, start + 300)).toBe('stands');
    expect(await listSessions('ada', start + 300, there)).toMatchObject([
      { id: live.session.sessionId, created_at: start, last_seen_at: start + 300 },
    ]);
    expect(await endOtherSession('ada', live.session.sessionId, visitor, start + 300, there)).toBe(true);
    expect(await standing(live, start + 302)).toBe('ended');
  });

  it('LO-03 a session that nobody recorded and that signed out is not taken in again', async () => {
    const live = liveSession('ada');
    await endOwnSession(rowOf(live), 'this browser', visitor, start + 10, here);
    expect(await standing(live, start + 20, there)).toBe('ended');
  });

  it('a session from before a sign-out everywhere is not taken in', async () => {
    await endByAdministrator('ada', start + 10, here);
    expect(await standing(liveSession('ada', start + 10), start + 20, there)).toBe('ended');
    expect(await standing(liveSession('ada', start + 11), start + 20, there)).toBe('stands');
  });

  it('two processes take the same session in at once', async () => {
    const live = liveSession('ada');
    expect(await there.reachable()).toBe(true);
    expect(await here.reachable()).toBe(true);
    const both = [standing(live, start), standing(live, start, there)];
    expect(await Promise.all(both)).toEqual(['stands', 'stands']);
    expect(await listSessions('ada', start, here)).toHaveLength(1);
  });

  it('API-11 an access token counts no more once its session has ended', async () => {
    const { session, access } = await signIn();
    expect(await tokenStanding(access, start * 1_000, there)).toBe('stands');
    await endOtherSession('ada', session.sessionId, visitor, start, here);
    expect(await tokenStanding(access, (start + 1) * 1_000, there)).toBe('ended');
    expect(await tokenStanding(liveSession('ada').access, (start + 1) * 1_000, there)).toBe('stands');
  });

  it('LO-08 an access token from before a sign-out everywhere counts no more, refreshed or not', async () => {
    const { access } = liveSession('ada');
    await endByAdministrator('ada', start + 10, here);
    const refreshed = { ...access, iat: start + 3_000, exp: start + 6_600 };
    const later = { ...access, auth_time: start + 11, iat: start + 11 };
    const { auth_time: _, ...untold } = access;
    expect(await tokenStanding(access, (start + 20) * 1_000, there)).toBe('ended');
    expect(await tokenStanding(refreshed, (start + 3_001) * 1_000, there)).toBe('ended');
    expect(await tokenStanding(untold, (start + 20) * 1_000, there)).toBe('ended');
    expect(await tokenStanding(later, (start + 20) * 1_000, there)).toBe('stands');
  });

  it('a second sign-out everywhere never moves the first one back', async () => {
    await endByAdministrator('ada', start + 10, here);
    await endByAdministrator('ada', start + 5, there);
    expect(await standing(liveSession('ada', start + 10), start + 20)).toBe('ended');
  });

  it('sign-ins and ends become events of the account, the latest first', async () => {
    const [mine, other] = [await signIn(), await signIn()];
    await endOtherSession('ada', other.session.sessionId, visitor, start + 1, here);
    await endOwnSession(rowOf(mine), 'this browser', visitor, start + 2, here);
    expect(await kinds()).toEqual(['signed out', 'session ended', 'signed in', 'signed in']);
    expect(await kinds('grace')).toEqual([]);
    const [, ended] = await recentEvents('ada', 50, there);
    expect(ended).toMatchObject({
      session_id: other.session.sessionId,
      detail: 'another device',
      at: start + 1,
      ...visitor,
    });
  });

  it('old rows go, and those that a cookie might still name stay', async () => {
    const day = 86_400;
    await signIn();
    const late = await signIn('ada', start + 200 * day);
    await prune(start + 200 * day, here);
    expect(ids(await listSessions('ada', 0, here))).toEqual([late.session.sessionId]);
    expect(await kinds()).toEqual(['signed in']);
  });

  it('no column has room for a token by name, and no value is one', async () => {
    await signIn();
    const text = JSON.stringify([
      await listSessions('ada', start, here),
      await recentEvents('ada', 50, here),
    ]);
    expect(text).not.toMatch(/token|secret|no token/i);
  });
});
