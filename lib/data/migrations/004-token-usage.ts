import type { Kysely } from 'kysely';

/** How many tokens of their own app clients asked for, by UTC day and by the process that counted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('token_usage')
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('process', 'text', (column) => column.notNull())
    .addColumn('calls', 'bigint', (column) => column.notNull())
    .addColumn('cache_hits', 'bigint', (column) => column.notNull())
    .addColumn('token_requests', 'bigint', (column) => column.notNull())
    .addColumn('tokens_issued', 'bigint', (column) => column.notNull())
    .addColumn('failures', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('token_usage_of_a_process', ['day', 'client_id', 'process'])
    .execute();
}
