import { type Database, database } from '../data/database.ts';
import type { TokenCounts } from './token-usage.ts';
import { type DailyUsage, usageColumns, usageOfMonth } from './usage-table.ts';

/** What one app client asked tokens for in a month. */
export interface ClientUsage {
  clientId: string;
  /** Of the whole month. */
  total: TokenCounts;
  /** The days on which something was asked, the latest first. */
  days: readonly ({ day: string } & TokenCounts)[];
}

interface UsageReport {
  month: string;
  /** By their IDs. */
  clients: readonly ClientUsage[];
}

const countsOf = (row: DailyUsage): TokenCounts =>
  Object.fromEntries(usageColumns.map((name) => [name, row[name]])) as never;

function totalOf(rows: readonly DailyUsage[]): TokenCounts {
  const sum = (name: keyof TokenCounts) => rows.reduce((total, row) => total + row[name], 0);
  return Object.fromEntries(usageColumns.map((name) => [name, sum(name)])) as never;
}

/**
 * What the application's app clients asked tokens for in a UTC month, in all processes: Cognito bills those that it
 * issued. What the last five seconds brought may be missing.
 * @param month as `2026-11`
 * @throws AppError `database_unavailable`
 */
export async function usageReport(month: string, db: Database = database()): Promise<UsageReport> {
  const byClient = new Map<string, DailyUsage[]>();
  for (const row of await usageOfMonth(month, db))
    byClient.set(row.client_id, [...(byClient.get(row.client_id) ?? []), row]);
  const clients = [...byClient]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([clientId, rows]) => ({
      clientId,
      total: totalOf(rows),
      days: rows.map((row) => ({ day: row.day, ...countsOf(row) })),
    }));
  return { month, clients };
}
