import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Counted, createRateLimits, type RateLimits } from '../../../lib/api/rate-limits.ts';
import { type Config, parseConfig } from '../../../lib/config.ts';
import { type Database, openDatabase } from '../../../lib/data/database.ts';
import { randomSecret } from '../../support/app.ts';
import { missingPostgres, type PostgresServer, startPostgres } from '../../support/postgres.ts';

const QUOTA = 6;

describe.skipIf(missingPostgres)('limits of two instances that share a Postgres', () => {
  let server: PostgresServer;
  let settings: Config;
  let databases: Database[];
  let instances: [RateLimits, RateLimits];

  beforeAll(async () => {
    server = await startPostgres();
    settings = parseConfig({
      SESSION_SECRET: randomSecret(),
      DATABASE_URL: await server.newDatabase(),
      API_REQUESTS_PER_USER: `${QUOTA}`,
      API_REQUESTS_PER_ADDRESS: `${QUOTA}`,
    });
    databases = [openDatabase(settings.database), openDatabase(settings.database)];
    const [one, other] = databases.map((database) => createRateLimits(settings, database));
    if (!one || !other) throw new Error('two instances are needed');
    instances = [one, other];
  });
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.close()));
    await server.close();
  });

  /** Asks the instances in turn. */
  async function inTurn(count: number, ask: (limits: RateLimits) => Promise<Counted>): Promise<Counted[]> {
    const counted: Counted[] = [];
    for (let index = 0; index < count; index += 1) {
      const instance = instances[index % 2];
      if (instance) counted.push(await ask(instance));
    }
    return counted;
  }

  const outcome = ({ remaining, exceeded }: Counted) => [remaining, exceeded];

  it('API-09 count together, by person and by address', async () => {
    for (const ask of [
      (limits: RateLimits) => limits.ofUser('ada'),
      (limits: RateLimits) => limits.ofAddress('2001:db8::1'),
    ]) {
      const counted = await inTurn(QUOTA, ask);
      expect(counted.map(outcome)).toEqual([5, 4, 3, 2, 1, 0].map((left) => [left, false]));
      expect(counted.every(({ resetIn }) => resetIn > 0 && resetIn <= 60)).toBe(true);
    }
  });

  it('API-09 refuse whoever is over the limit, at both and again and again', async () => {
    await inTurn(QUOTA, (limits) => limits.ofUser('grace'));
    const counted = await inTurn(6, (limits) => limits.ofUser('grace'));
    expect(counted.map(outcome)).toEqual(Array(6).fill([0, true]));
    expect(counted.every(({ resetIn }) => resetIn > 0)).toBe(true);
    expect(await instances[0].ofUser('linus')).toMatchObject({ exceeded: false });
  });

  it('API-09 let no more in when many ask at once', async () => {
    const asked = Array.from({ length: 50 }, (_, index) => instances[index % 2 === 0 ? 0 : 1].ofUser('bea'));
    const counted = await Promise.all(asked);
    expect(counted.filter(({ exceeded }) => !exceeded)).toHaveLength(QUOTA);
  });

  it('API-09 count each for itself while it is down, and together again afterwards', async () => {
    await inTurn(2, (limits) => limits.ofUser('mary'));
    await server.stop();
    const alone = await inTurn(2 * QUOTA + 2, (limits) => limits.ofUser('mary'));
    expect(alone.filter(({ exceeded }) => !exceeded)).toHaveLength(2 * QUOTA);
    expect(alone.slice(-2).every(({ exceeded }) => exceeded)).toBe(true);
    await server.start();
    const query = CompiledQuery.raw('select points from request_counts where key = $1', ['user:together']);
    const recorded = async () => {
      await inTurn(2, (limits) => limits.ofUser('together'));
      return (await databases[0]?.use((tables) => tables.executeQuery(query)))?.rows;
    };
    await expect
      .poll(() => recorded().catch(() => []), { timeout: 20_000, interval: 500 })
      .toEqual([{ points: expect.any(Number) }]);
  }, 60_000);
});
