import type { Kysely } from 'kysely';

/** The registry of sessions, the security events of an account, and who was signed out everywhere. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('sub', 'text', (column) => column.notNull())
    .addColumn('username', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('origin_jti', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('browser', 'text')
    .addColumn('system', 'text')
    .addColumn('address', 'text')
    .addColumn('signed_in_by', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('ended_by', 'text')
    .execute();
  await db.schema
    .createIndex('sessions_of_a_person')
    .on('sessions')
    .columns(['sub', 'last_seen_at'])
    .execute();
  await db.schema.createIndex('sessions_by_origin').on('sessions').column('origin_jti').execute();
  await db.schema.createIndex('sessions_by_expiry').on('sessions').column('expires_at').execute();

  await db.schema
    .createTable('security_events')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('sub', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('browser', 'text')
    .addColumn('system', 'text')
    .addColumn('address', 'text')
    .addColumn('detail', 'text')
    .execute();
  await db.schema
    .createIndex('security_events_of_a_person')
    .on('security_events')
    .columns(['sub', 'at'])
    .execute();
  await db.schema.createIndex('security_events_by_age').on('security_events').column('at').execute();

  await db.schema
    .createTable('signed_out_everywhere')
    .addColumn('sub', 'text', (column) => column.primaryKey())
    .addColumn('signed_out_at', 'bigint', (column) => column.notNull())
    .execute();
}
