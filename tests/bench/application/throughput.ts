import { type LoadGenerator, type Measurement, startLoadGenerator } from '../load.ts';
import { eachRound } from '../rounds.ts';
import type { ServerProcess } from '../server-process.ts';
import { loadPage } from './page-load.ts';
import { type ProcessorMeasurement, withProcessorTime } from './processor-time.ts';
import { type SiteName, siteNames } from './sites.ts';

export type SiteRounds = Record<SiteName, ProcessorMeasurement[]>;

export interface Site {
  start(): Promise<ServerProcess>;
  /** Cookie headers of sessions that are used over and over. */
  returning: string[];
  /** Cookie headers of sessions that are used once. */
  firstTime: string[];
}

export type Sites = Record<SiteName, Site>;

export interface ThroughputOptions {
  connections: number;
  /** Of measuring each site. */
  seconds: number;
}

/** Short: what disturbs the machine for some seconds is to disturb both sides of a ratio. */
export const ROUND_SECONDS = 1;
/** Two processes of the same program differ, by how it happens to be compiled and to lie in memory. */
const STARTS = 6;
/**
 * A process goes on compiling for some thousands of pages, and the longer the more code there is. In rounds as well: one that
 * idles for long gives memory back and is slow again.
 */
export const WARM_UP_ROUNDS = 25;
const FIRST_TIME_ROUNDS = 6;
/** Long enough for any number of pages that are loaded once each. */
const AS_LONG_AS_IT_TAKES = 600;

type Servers = Record<SiteName, ServerProcess>;
type LoadSite = (name: SiteName, round: number) => Promise<Measurement>;

function forEachSite(servers: Servers, rounds: number, load: LoadSite): Promise<SiteRounds> {
  const participant = (name: SiteName) => {
    let round = 0;
    return () => withProcessorTime(servers[name], () => load(name, round++));
  };
  const participants = {
    ours: participant('ours'),
    passThrough: participant('passThrough'),
    nextAuth: participant('nextAuth'),
  };
  return eachRound(participants, rounds);
}

async function withServers<Result>(
  sites: Sites,
  work: (servers: Servers, generator: LoadGenerator) => Promise<Result>,
): Promise<Result> {
  const started = siteNames.map(async (name) => [name, await sites[name].start()] as const);
  const servers = Object.fromEntries(await Promise.all(started)) as Servers;
  const generator = startLoadGenerator();
  const result = await work(servers, generator);
  generator.end();
  await Promise.all(Object.values(servers).map(({ stop }) => stop()));
  return result;
}

/** Pages per second of people who come back, all sites in turn, by several processes of each. */
export async function measureReturning(
  sites: Sites,
  { connections, seconds }: ThroughputOptions,
): Promise<SiteRounds> {
  const often = { connections, warmUpSeconds: 0, seconds: ROUND_SECONDS };
  const measured: SiteRounds = { ours: [], passThrough: [], nextAuth: [] };
  const rounds = Math.max(1, Math.round(seconds / ROUND_SECONDS / STARTS));
  for (let start = 0; start < STARTS; start += 1) {
    const some = await withServers(sites, async (servers, { run }) => {
      const load = (name: SiteName) => loadPage(servers[name], sites[name].returning, often, { run });
      await forEachSite(servers, WARM_UP_ROUNDS, load);
      return await forEachSite(servers, rounds, load);
    });
    for (const name of siteNames) measured[name].push(...some[name]);
  }
  return measured;
}

/** Pages per second of sessions that the process has never seen, each loaded once. */
export function measureFirstTime(sites: Sites, { connections }: ThroughputOptions): Promise<SiteRounds> {
  const once = { connections, warmUpSeconds: 0, seconds: AS_LONG_AS_IT_TAKES, eachOnce: true };
  return withServers(sites, async (servers, { run }) => {
    const often = { connections, warmUpSeconds: 0, seconds: ROUND_SECONDS };
    const warmUp = (name: SiteName) => loadPage(servers[name], sites[name].returning, often, { run });
    await forEachSite(servers, WARM_UP_ROUNDS, warmUp);
    return await forEachSite(servers, FIRST_TIME_ROUNDS, (name, round) => {
      const { firstTime } = sites[name];
      const size = Math.floor(firstTime.length / FIRST_TIME_ROUNDS);
      const cookies = firstTime.slice(round * size, (round + 1) * size);
      return loadPage(servers[name], cookies, once, { run });
    });
  });
}
