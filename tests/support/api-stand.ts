import type { ClientRequest } from 'node:http';
import { type ApiDocument, fetchApiDocument } from './api-document.ts';
import { type RunningApp, startApp } from './app.ts';
import { type HostileUserPool, startHostileUserPool } from './hostile-user-pool.ts';
import { localCredentials } from './local-pool.ts';
import { type RawAnswer, rawRequest } from './raw-request.ts';

/** Claims of an access token, over the usual ones. */
type Claims = Record<string, unknown>;

export interface ApiStand {
  pool: HostileUserPool;
  app: RunningApp;
  api: ApiDocument;
  /** The `Authorization` of an administrator of the user pool, unless the claims say otherwise. */
  authorization(claims?: Claims): Promise<string>;
  ask(
    path: string,
    headers?: Record<string, string>,
    method?: string,
    send?: (sent: ClientRequest) => void,
  ): Promise<RawAnswer>;
  stop(): Promise<void>;
}

/** The application in front of a user pool that can be scripted, and the document of its API. */
export async function startApiStand(environment: Record<string, string> = {}): Promise<ApiStand> {
  const pool = await startHostileUserPool();
  const app = await startApp({ ...pool.environment, ...localCredentials, ...environment });
  return {
    pool,
    app,
    api: await fetchApiDocument(app.address),
    authorization: async (claims = {}) =>
      `Bearer ${(await pool.tokens({ nonce: undefined }, { access: { claims } })).access_token}`,
    ask: (path, headers, method, send) => rawRequest(app.address, path, headers, method, send),
    async stop() {
      await app.stop();
      await pool.close();
    },
  };
}
