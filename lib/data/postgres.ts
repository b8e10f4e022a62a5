import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { log } from '../log.ts';

const MOST_CONNECTIONS = 10;
/** To connect, and for the server to answer a statement. */
const PATIENCE_MS = 2_000;
/** For a server that has fallen silent and will not end the statement itself. */
const SILENCE_MS = 2_500;

const INT8 = 20;

/** The library hands out 64-bit integers as text; ours are seconds since the epoch. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/**
 * Kysely's Postgres dialect with a pool that gives up early: a request of a person waits behind it.
 * @param url `postgres://…`, with the library's own parameters (`sslmode`, `application_name`)
 */
export function postgresDialect(url: string): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: PATIENCE_MS,
    statement_timeout: PATIENCE_MS,
    query_timeout: SILENCE_MS,
    keepAlive: true,
    allowExitOnIdle: true,
    types,
  });
  // Without a listener, a server that closes an idle connection would end this process.
  pool.on('error', (error: Error & { code?: string }) =>
    log('warn', 'database_connection_lost', { reason: error.code ?? error.name }),
  );
  return new PostgresDialect({ pool });
}
