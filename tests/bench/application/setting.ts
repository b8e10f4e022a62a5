import { join } from 'node:path';
import { randomSecret } from '../../support/app.ts';
import { LOCAL_POOL, startLocalPool } from '../local-pool.ts';
import type { ServerProcess } from '../server-process.ts';
import type { Target, Tokens } from '../target.ts';
import { type CountedDomain, startCountedDomain } from './counted-domain.ts';
import { signInOften } from './sessions.ts';

/** A user pool that runs, and the configuration of an application in front of it. */
export interface Setting {
  pool: Target & ServerProcess;
  domain: CountedDomain;
  environment: Record<string, string>;
  signIn(count: number): Promise<Tokens[]>;
}

const APPLICATION_CLIENT = 'bench000000000000000000web';

/** @param folder an empty one, for the user pool's store and the registry of sessions */
export async function startSetting(folder: string): Promise<Setting> {
  const server = await startLocalPool(join(folder, 'user-pool'));
  const pool = { ...LOCAL_POOL, ...server, clientId: APPLICATION_CLIENT };
  const domain = await startCountedDomain(pool.port);
  return {
    pool,
    domain,
    environment: {
      // No request of the bench is sent to where this leads.
      APP_URL: 'http://localhost:3000',
      SESSION_SECRET: randomSecret(),
      ALLOW_INSECURE_USER_POOL: 'true',
      COGNITO_USER_POOL_ID: pool.userPoolId,
      COGNITO_CLIENT_ID: pool.clientId,
      COGNITO_SERVICE_CLIENT_ID: LOCAL_POOL.service?.clientId ?? '',
      COGNITO_SERVICE_CLIENT_SECRET: LOCAL_POOL.service?.clientSecret ?? '',
      COGNITO_ISSUER: `http://localhost:${pool.port}/${pool.userPoolId}`,
      COGNITO_DOMAIN: `${domain.origin}/${pool.userPoolId}`,
      DATABASE_FILE: join(folder, 'registry.sqlite'),
    },
    signIn: (count) => signInOften(pool, count),
  };
}
