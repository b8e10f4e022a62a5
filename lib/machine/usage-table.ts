import { sql } from 'kysely';
import { type Database, database } from '../data/database.ts';
import type { TokenUsageRow } from '../data/tables.ts';
import type { TokenCounts } from './token-usage.ts';

/** What one app client did on one UTC day, in all processes. */
export type DailyUsage = Omit<TokenUsageRow, 'process'>;

export const usageColumns = [
  'calls',
  'cache_hits',
  'token_requests',
  'tokens_issued',
  'failures',
] as const satisfies (keyof TokenCounts)[];

/**
 * Writes rows of one process, each in the place of an earlier one of the same day.
 * @throws AppError `database_unavailable`
 */
export const storeUsage = (rows: TokenUsageRow[], db: Database = database()): Promise<void> =>
  db.use(async (tables) => {
    await tables
      .insertInto('token_usage')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['day', 'client_id', 'process'])
          .doUpdateSet((eb) =>
            Object.fromEntries(usageColumns.map((name) => [name, eb.ref(`excluded.${name}`)])),
          ),
      )
      .execute();
  });

/**
 * What all processes wrote, by app client and by day, the latest day first.
 * @param month in UTC, as `2026-11`
 * @throws AppError `database_unavailable`
 */
export const usageOfMonth = (month: string, db: Database = database()): Promise<DailyUsage[]> =>
  db.use((tables) =>
    tables
      .selectFrom('token_usage')
      .select(['day', 'client_id'])
      // Postgres makes a sum of 64-bit integers a number of any length, which arrives as text.
      .select(usageColumns.map((name) => sql<number>`cast(sum(${sql.ref(name)}) as bigint)`.as(name)))
      .where('day', '>=', `${month}-01`)
      .where('day', '<=', `${month}-31`)
      .groupBy(['day', 'client_id'])
      .orderBy('day', 'desc')
      .orderBy('client_id')
      .execute(),
  );
