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
 * @param environment what the application is configured with besides
 */
export async function startPoolAndApp(
  options: LocalPoolOptions = {},
  environment: Record<string, string> = {},
): Promise<PoolAndApp> {
  const port = await freePort();
  const parameters = { AppUrl: `http://localhost:${port}`, ...options.parameters };
  const pool = await startLocalPool({ port: 0, ...options, parameters });
  const app = await startApp({ LOCAL_POOL_URL: pool.url, ...localCredentials, ...environment }, port);
  return {
    pool,
    app,
    async stop() {
      await app.stop();
      await pool.close();
    },
  };
}
