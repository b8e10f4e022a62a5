import type { Kysely } from 'kysely';

/** What a person typed into a form that first asks them to sign in again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('kept_forms')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('sub', 'text', (column) => column.notNull())
    .addColumn('form', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('kept_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('kept_forms_of_a_person')
    .on('kept_forms')
    .columns(['sub', 'kept_at'])
    .execute();
  await db.schema.createIndex('kept_forms_by_age').on('kept_forms').column('kept_at').execute();
}
