import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../lib/config.ts';
import { startLocalPool } from '../../local-pool/src/start.ts';
import { randomSecret } from './app.ts';
import { startBalancer } from './balancer.ts';
import { openBrowser } from './browser.ts';
import type { Person } from './crowd.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { startTokenRelay, type TokenRelay } from './token-relay.ts';

export interface Deployment {
  fleet: Fleet;
  /** Every token call of the application passes here. */
  relay: TokenRelay;
  /** Signs everybody in, through the hosted UI, each in a browser of their own. */
  signInAll(): Promise<Person[]>;
  /** @throws Error when that does not lead to the gated page */
  signIn(person: Person): Promise<void>;
  close(): Promise<void>;
}

export interface DeploymentOptions {
  instances: number;
  /** How many people may sign in. */
  people: number;
  /** Seconds for which a rotated refresh token stays good. */
  graceSeconds: number;
  /** Seconds. */
  accessTokenValidity: number;
  databaseUrl: string;
}

const password = 'Cabana-demo-1';
const usernameOf = (index: number): string => `person-${index}@example.com`;

function usersFile(folder: string, count: number): string {
  const users = Array.from({ length: count }, (_, index) => ({
    username: usernameOf(index),
    password,
    attributes: { name: `Person ${index}`, email_verified: true },
  }));
  const file = join(folder, 'users.yaml');
  // JSON is YAML as well.
  writeFileSync(file, JSON.stringify({ users }));
  return file;
}

/** Each takes the user pool and the application some work. */
const AT_ONCE = 4;

/** A slow machine may need a second try: a code is not redeemed twice, so a sign-in fails with a slow user pool. */
async function signIn({ browser, username }: Person, triesLeft = 2): Promise<void> {
  const page = await browser.signIn({ username, password });
  if (page.status === 200 && page.url.pathname === '/home') return;
  if (triesLeft > 0) return await signIn({ browser, username }, triesLeft - 1);
  throw new Error(`${username} is not signed in: ${page.status}, ${page.url.searchParams.get('error')}`);
}

/** The application as several processes behind a load balancer, with a user pool that rotates refresh tokens. */
export async function startDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { instances, people, graceSeconds, accessTokenValidity, databaseUrl } = options;
  const folder = mkdtempSync(join(tmpdir(), 'cabana-people-'));
  const balancer = await startBalancer();
  const pool = await startLocalPool({
    accessTokenValidity,
    users: usersFile(folder, people),
    parameters: { AppUrl: balancer.url, RotationGraceSeconds: String(graceSeconds) },
  });
  const relay = await startTokenRelay(pool.url);
  const secret = randomSecret();
  const local = parseConfig({ LOCAL_POOL_URL: pool.url, SESSION_SECRET: secret });
  const fleet = await startFleet(instances, {
    APP_URL: balancer.url,
    SESSION_SECRET: secret,
    DATABASE_URL: databaseUrl,
    COGNITO_USER_POOL_ID: local.userPoolId,
    COGNITO_CLIENT_ID: local.clientId,
    COGNITO_CLIENT_SECRET: local.clientSecret ?? '',
    COGNITO_ISSUER: local.issuer,
    COGNITO_DOMAIN: local.domain.replace(pool.url, relay.url),
  });
  balancer.ports = fleet.ports;

  const everybody = Array.from({ length: people }, (_, index) => ({
    username: usernameOf(index),
    browser: openBrowser({ url: balancer.url, address: balancer.url }),
  }));
  return {
    fleet,
    relay,
    signIn: (person) => signIn(person),
    async signInAll() {
      for (let done = 0; done < people; done += AT_ONCE)
        await Promise.all(everybody.slice(done, done + AT_ONCE).map((person) => signIn(person)));
      return everybody;
    },
    async close() {
      await fleet.close();
      await Promise.all([balancer.close(), relay.close(), pool.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}
