import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatabaseLocation } from '../../../lib/config.ts';
import { type Database, openDatabase } from '../../../lib/data/database.ts';
import { TokenUsage } from '../../../lib/machine/token-usage.ts';
import { storeUsage, usageOfMonth } from '../../../lib/machine/usage-table.ts';
import { type Databases, engines } from '../registry/databases.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const DAY_MS = 86_400_000;

let time = noon;
const usageIn = (db: Database) =>
  new TokenUsage(
    (rows) => storeUsage(rows, db),
    () => time,
  );
const nothing = { calls: 0, cache_hits: 0, token_requests: 0, tokens_issued: 0, failures: 0 };

beforeEach(() => {
  time = noon;
});

describe.each(engines)('the counts of token requests on $name', ({ missing, start: startEngine }) => {
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
    // One after the other: in one process, neither could wait for the other's tables.
    await here.reachable();
    await there.reachable();
  });

  it('nothing is there at first', async () => {
    expect(await usageOfMonth('2026-11', here)).toEqual([]);
  });

  it('the counts of several processes are added up, as numbers, by day and by app client', async () => {
    const [one, two] = [usageIn(here), usageIn(there)];
    one.add('service', { calls: 2, cache_hits: 1 });
    one.add('service', { token_requests: 1, tokens_issued: 1 });
    one.add('other', { calls: 1, failures: 1 });
    two.add('service', { calls: 40, cache_hits: 39 });
    await Promise.all([one.write(), two.write()]);
    time += DAY_MS;
    two.add('service', { calls: 5 });
    await two.write();
    expect(await usageOfMonth('2026-11', there)).toEqual([
      { ...nothing, day: '2026-11-24', client_id: 'service', calls: 5 },
      { ...nothing, day: '2026-11-23', client_id: 'other', calls: 1, failures: 1 },
      {
        day: '2026-11-23',
        client_id: 'service',
        calls: 42,
        cache_hits: 40,
        token_requests: 1,
        tokens_issued: 1,
        failures: 0,
      },
    ]);
  });

  it('what was written goes on being counted, and after a restart as well', async () => {
    const before = usageIn(here);
    for (let round = 0; round < 3; round += 1) {
      before.add('service', { calls: 10 });
      await before.write();
      await before.write();
    }
    const after = usageIn(here);
    after.add('service', { calls: 1 });
    await after.write();
    expect((await usageOfMonth('2026-11', here)).map(({ calls }) => calls)).toEqual([31]);
  });

  it('a write whose answer was lost is repeated, and counts once', async () => {
    const usage = new TokenUsage(
      async (rows) => {
        await storeUsage(rows, here);
        throw new Error('The connection broke after the database had done it.');
      },
      () => time,
    );
    usage.add('service', { calls: 7 });
    await expect(usage.write()).rejects.toThrow();
    usage.add('service', { calls: 1 });
    await expect(usage.write()).rejects.toThrow();
    expect((await usageOfMonth('2026-11', here)).map(({ calls }) => calls)).toEqual([8]);
  });

  it('a clock that is put back goes on with the day that it comes to', async () => {
    const usage = usageIn(here);
    usage.add('service', { calls: 3 });
    await usage.write();
    time += DAY_MS;
    usage.add('service', { calls: 1 });
    await usage.write();
    time -= DAY_MS;
    usage.add('service', { calls: 2 });
    await usage.write();
    const days = (await usageOfMonth('2026-11', here)).map(({ day, calls }) => [day, calls]);
    expect(days).toEqual([
      ['2026-11-24', 1],
      ['2026-11-23', 5],
    ]);
  });

  it('a month has its own days alone', async () => {
    const usage = usageIn(here);
    for (const day of ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01', '2025-02-10']) {
      time = Date.parse(`${day}T23:59:59Z`);
      usage.add('service', { calls: 1 });
    }
    await usage.write();
    expect((await usageOfMonth('2026-02', here)).map(({ day }) => day)).toEqual(['2026-02-28', '2026-02-01']);
  });

  it('many at once lose nothing', async () => {
    const usages = Array.from({ length: 6 }, (_, index) => usageIn(index % 2 === 0 ? here : there));
    await Promise.all(
      usages.map(async (usage) => {
        for (let round = 0; round < 10; round += 1) {
          usage.add('service', { calls: 1 });
          await Promise.all([usage.write(), usage.write()]);
        }
      }),
    );
    expect((await usageOfMonth('2026-11', here)).map(({ calls }) => calls)).toEqual([60]);
  });
});

describe('while the database is down', () => {
  it('what is counted is kept, and written once it answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cabana-usage-'));
    const blocked = join(folder, 'data');
    writeFileSync(blocked, 'a file where the folder should be');
    let opened = noon;
    const db = openDatabase({ kind: 'sqlite', file: join(blocked, 'registry.sqlite') }, () => opened);
    const usage = usageIn(db);
    for (let round = 1; round <= 3; round += 1) {
      usage.add('service', { calls: 1 });
      await expect(usage.write()).rejects.toMatchObject({ code: 'database_unavailable' });
    }
    rmSync(blocked);
    opened += 10_000;
    await usage.write();
    expect((await usageOfMonth('2026-11', db)).map(({ calls }) => calls)).toEqual([3]);
    await db.close();
    rmSync(folder, { recursive: true });
  });
});

describe('in time', () => {
  it('many counts are one write, five seconds after the first of them, and a failed one is repeated', async () => {
    vi.useFakeTimers();
    const written: number[] = [];
    let works = true;
    const usage = new TokenUsage(
      async (rows) => {
        if (!works) throw new Error('down');
        written.push(...rows.map(({ calls }) => calls));
      },
      () => time,
    );
    for (let call = 0; call < 1_000; call += 1) usage.add('service', { calls: 1 });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(written).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(written).toEqual([1_000]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(written).toEqual([1_000]);
    works = false;
    usage.add('service', { calls: 1 });
    await vi.advanceTimersByTimeAsync(12_000);
    works = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(written).toEqual([1_000, 1_001]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(written).toHaveLength(2);
    vi.useRealTimers();
  });

  it('a write that is asked for while another is under way waits for it, so that older sums never come last', async () => {
    const begun: (() => void)[] = [];
    const usage = new TokenUsage(
      () => new Promise((resolve) => void begun.push(resolve)),
      () => time,
    );
    const done: string[] = [];
    usage.add('service', { calls: 1 });
    const first = usage.write().then(() => done.push('first'));
    const empty = usage.write().then(() => done.push('nothing left'));
    usage.add('service', { calls: 1 });
    const second = usage.write().then(() => done.push('second'));
    await new Promise(setImmediate);
    expect([begun.length, done]).toEqual([1, []]);
    begun[0]?.();
    await first;
    await expect.poll(() => begun.length).toBe(2);
    expect(done).toEqual(['first']);
    begun[1]?.();
    await Promise.all([empty, second]);
    expect(begun).toHaveLength(2);
  });
});
