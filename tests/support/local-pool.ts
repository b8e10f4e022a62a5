import { type LocalPoolOptions, type RunningLocalPool, startLocalPool } from '../../local-pool/src/start.ts';
import { freePort, type RunningApp, startApp } from './app.ts';

export interface PoolAndApp {
  pool: RunningLocalPool;
  app: RunningApp;
  stop(): Promise<void>;
}

/** The demonstration users of `infra/demonstration-users.yaml`. */
export const people = {
  ada: { username: 'ada@example.com', password: 'Cabana-demo-1' },
  grace: { username: 'grace@example.com', password: 'Cabana-demo-1' },
  linus: { username: 'linus@example.com', password: 'Cabana-demo-1' },
} as const;

/** What `npm start` gives the application for administering the local pool. */
export const localCredentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

/**
 * The local pool, in memory, and the application in front of it: as `npm start` has them.
 * @param more what the application is told besides, once the pool runs
 */
export async function startPoolAndApp(
  options: LocalPoolOptions = {},
  more: (pool: RunningLocalPool) => Record<string, string> | Promise<Record<string, string>> = () => ({}),
): Promise<PoolAndApp> {
  const port = await freePort();
  const parameters = { AppUrl: `http://localhost:${port}`, ...options.parameters };
  const pool = await startLocalPool({ port: 0, ...options, parameters });
  const app = await startApp({ LOCAL_POOL_URL: pool.url, ...localCredentials, ...(await more(pool)) }, port);
  return {
    pool,
    app,
    async stop() {
      await app.stop();
      await pool.close();
    },
  };
}
