import type { Kysely } from 'kysely';

/** Notes, the groups they are shared with, and what was answered to requests that may be repeated. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner_sub', 'text', (column) => column.notNull())
    .addColumn('owner_name', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text')
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('notes_of_an_owner')
    .on('notes')
    .columns(['owner_sub', 'created_at', 'id'])
    .execute();
  await db.schema
    .createIndex('notes_of_a_tenant')
    .on('notes')
    .columns(['tenant', 'created_at', 'id'])
    .execute();

  await db.schema
    .createTable('note_shares')
    .addColumn('note_id', 'text', (column) => column.notNull().references('notes.id').onDelete('cascade'))
    .addColumn('group_name', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('note_shares_once', ['note_id', 'group_name'])
    .execute();
  await db.schema
    .createIndex('notes_of_a_group')
    .on('note_shares')
    .columns(['group_name', 'created_at', 'note_id'])
    .execute();

  await db.schema
    .createTable('idempotency_keys')
    .addColumn('sub', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_once', ['sub', 'operation', 'key'])
    .execute();
  await db.schema
    .createIndex('idempotency_keys_by_age')
    .on('idempotency_keys')
    .column('created_at')
    .execute();
}
