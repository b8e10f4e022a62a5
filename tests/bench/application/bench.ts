import { mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { randomSecret, startApp } from '../../support/app.ts';
import { startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { merge, rate } from '../load.ts';
import { floodAnonymously } from './anonymous-floods.ts';
import { measureBearer, unlimited } from './bearer.ts';
import { loadAtOnce, measureOneDueSession } from './due-sessions.ts';
import { measureGateParts } from './gate-parts.ts';
import { measureHeldConnections } from './held-connections.ts';
import { measureMachineTokens } from './machine-tokens.ts';
import { loadPage } from './page-load.ts';
import { floodWithPasswords } from './password-flood.ts';
import type { ApplicationResults } from './results.ts';
import { nextAuthSessions, openSessions } from './sessions.ts';
import { type Setting, startSetting } from './setting.ts';
import { buildApplication, buildSites, startSite } from './sites.ts';
import { measureSteadyLoad } from './steady-load.ts';
import {
  measureFirstTime,
  measureReturning,
  ROUND_SECONDS,
  type Sites,
  WARM_UP_ROUNDS,
} from './throughput.ts';

export interface ApplicationBenchOptions {
  /** An empty folder for all that the servers keep. */
  folder: string;
  connections: number;
  /** Of measuring each site, over all rounds. */
  seconds: number;
  /** Of steady load. */
  minutes: number;
  /** Hears what is measured next. */
  onStep(step: string): void;
}

const RETURNING = 50;
const FIRST_TIME = 1_800;
const FOR_PARTS = 700;
const AT_ONCE = 1_000;
const ONE_AFTER_THE_OTHER = 3;
const STEADY_SESSIONS = 2_000;
const FLOOD = 2_000;
const ATTACKERS = 64;
const HELD = 500;
const MACHINE_CALLS = 10_000;

type Options = ApplicationBenchOptions;

async function prepareSites({ environment, signIn }: Setting): Promise<Sites> {
  const secret = randomSecret();
  const tokens = { returning: await signIn(RETURNING), firstTime: await signIn(FIRST_TIME) };
  const ours = {
    returning: await openSessions(environment, tokens.returning, { due: false }),
    firstTime: await openSessions(environment, tokens.firstTime, { due: false }),
  };
  const theirs = {
    returning: await nextAuthSessions(secret, tokens.returning),
    firstTime: await nextAuthSessions(secret, tokens.firstTime),
  };
  const nextAuth = { NEXTAUTH_SECRET: secret, NEXTAUTH_URL: 'http://localhost:3000' };
  return {
    ours: { start: () => startSite('ours', environment), ...ours },
    passThrough: { start: () => startSite('passThrough', {}), ...ours },
    nextAuth: { start: () => startSite('nextAuth', nextAuth), ...theirs },
  };
}

async function measureDueSessions(
  { environment, signIn, domain }: Setting,
  { ours }: Sites,
): Promise<Pick<ApplicationResults, 'oneDue' | 'allDue'>> {
  const server = await ours.start();
  const warmUp = { connections: 8, warmUpSeconds: 0, seconds: WARM_UP_ROUNDS * ROUND_SECONDS };
  await loadPage(server, ours.returning, warmUp);
  const application = { server, tokenCalls: domain.tokenCalls };
  const open = async (count: number) => openSessions(environment, await signIn(count), { due: true });
  const [alone = '', ...due] = await open(1 + ONE_AFTER_THE_OTHER);
  const oneDue = await measureOneDueSession(application, { due, alone }, AT_ONCE);
  const all = await open(AT_ONCE);
  // Two page loads of each, side by side: one refresh has to do for both.
  const twice = all.flatMap((cookie) => [cookie, cookie]);
  const allDue = await loadAtOnce(application, twice);
  await server.stop();
  return { oneDue, allDue: { ...allDue, sessions: AT_ONCE } };
}

/** The application itself, in front of a user pool that counts every call. */
async function measureStrangers(
  onStep: Options['onStep'],
): Promise<Pick<ApplicationResults, 'floods' | 'held'>> {
  const pool = await startHostileUserPool();
  // How a stranger is turned away is measured, and not how many are counted before.
  const app = await startApp({ ...pool.environment, ...unlimited });
  const port = Number(new URL(app.address).port);
  const paths = [new URL(`${pool.environment.COGNITO_ISSUER}/.well-known/jwks.json`).pathname];
  paths.push(...['authorize', 'token', 'revoke'].map((name) => `/oauth2/${name}`));
  const userPoolCalls = () => paths.reduce((sum, path) => sum + pool.calls(path), 0);
  onStep('LD-03 floods of strangers');
  // The first who asks has the signing keys fetched.
  await fetch(`${app.address}/api/ready`);
  const floods = await floodAnonymously({ port, origin: app.url, userPoolCalls, output: app.output }, FLOOD);
  onStep('LD-05 connections that never end');
  const held = await measureHeldConnections(port, '/sign-in', HELD);
  await app.stop();
  await pool.close();
  return { floods, held };
}

/** Measures the application in one run. @throws Error when something cannot be measured */
export async function benchApplication(options: Options): Promise<ApplicationResults> {
  const [loadBefore = Number.NaN] = loadavg();
  const { folder, connections, seconds, minutes, onStep } = options;
  mkdirSync(folder);
  onStep('building the sites');
  await buildSites();
  await buildApplication();

  onStep('signing people in');
  const setting = await startSetting(folder);
  const { environment, domain, pool, signIn } = setting;
  const sites = await prepareSites(setting);
  onStep('pages of people who come back');
  const throughput = { connections, seconds };
  const returning = await measureReturning(sites, throughput);
  onStep('first pages of sessions');
  const firstTime = await measureFirstTime(sites, throughput);
  onStep('requests of the API');
  const bearer = await measureBearer(setting, throughput);
  onStep('the parts of the gate');
  const forParts = await openSessions(environment, await signIn(FOR_PARTS), { due: false });
  const parts = await measureGateParts(environment, forParts);
  onStep('tokens of the application itself');
  const machine = await measureMachineTokens(environment, domain, MACHINE_CALLS);
  onStep('LD-02 sessions that are due at once');
  const due = await measureDueSessions(setting, sites);

  onStep(`LD-01 ${minutes} minutes of steady load`);
  const many = await openSessions(environment, await signIn(STEADY_SESSIONS), { due: false });
  // Processes of their own: a thousand page loads at once leave a large heap behind.
  const gated = await startSite('ours', environment);
  const ungated = await startSite('passThrough', {});
  const capacity = rate(merge(returning.passThrough));
  const steady = await measureSteadyLoad({ gated, ungated }, many, minutes, capacity, domain.calls);
  await Promise.all([gated.stop(), ungated.stop()]);

  onStep('LD-04 a flood of passwords');
  const passwords = await floodWithPasswords(pool, ATTACKERS, seconds);
  await pool.stop();
  domain.close();
  const strangers = await measureStrangers(onStep);
  return {
    loadBefore,
    connections,
    sessions: RETURNING,
    returning,
    firstTime,
    bearer,
    parts,
    ...due,
    steady,
    passwords,
    machine,
    ...strangers,
  };
}
