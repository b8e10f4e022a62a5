import { afterAll, beforeAll, expect, it } from 'vitest';
import { settableClock } from '../../../local-pool/src/clock.ts';
import { openStore, type StoreContext } from '../../../local-pool/src/store/database.ts';
import { removeUserPool } from '../../../local-pool/src/store/user-pools.ts';

const doomed = 'us-east-1_Doomed001';
const other = 'us-east-1_Stays0001';
let context: StoreContext;
let tables: string[];

beforeAll(() => {
  context = { store: openStore(), clock: settableClock() };
  // Those first that others refer to; refresh tokens belong to a user pool by their family.
  tables = context.store
    .sql(
      `SELECT DISTINCT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
       WHERE m.type = 'table' AND c.name IN ('user_pool_id', 'origin_jti')
       ORDER BY m.name NOT IN ('users', 'groups', 'token_families'), m.name <> 'users', m.name`,
    )
    .all()
    .map(({ name }) => String(name));
  for (const id of [doomed, other]) for (const table of tables) insert(table, id);
});
afterAll(() => context.store.close());

/** A row whose every text is the same, so that rows of a user pool refer to each other; it is JSON for what reads JSON. */
function insert(table: string, userPoolId: string): void {
  const columns = context.store.sql('SELECT name, type FROM pragma_table_info(?)').all(table);
  const text = JSON.stringify({ of: userPoolId });
  const id = userPoolId === doomed ? 1 : 2;
  const values = columns.map(({ name, type }) =>
    name === 'user_pool_id' ? userPoolId : type === 'INTEGER' ? id : text,
  );
  context.store.sql(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`).run(...values);
}

const rows = (table: string) => Number(context.store.sql(`SELECT count(*) AS n FROM ${table}`).get()?.n);

it('a deleted user pool takes its rows of every table with it, and no other pool’s', () => {
  expect(tables).toEqual(expect.arrayContaining(['users', 'hosted_sessions', 'saml_keys', 'refresh_tokens']));
  expect(tables.map(rows)).toEqual(tables.map(() => 2));
  removeUserPool(context, doomed);
  expect(tables.filter((table) => rows(table) !== 1)).toEqual([]);
  for (const table of tables.filter((name) => name !== 'refresh_tokens'))
    expect(context.store.sql(`SELECT user_pool_id FROM ${table}`).get()?.user_pool_id).toBe(other);
});
