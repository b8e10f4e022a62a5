import type { Measurement } from '../load.ts';
import { eachRound } from '../rounds.ts';
import type { ServerProcess } from '../server-process.ts';
import { loadPage } from './page-load.ts';
import { type ProcessorMeasurement, withProcessorTime } from './processor-time.ts';
import type { SiteName } from './sites.ts';

export type SiteRounds = Record<SiteName, ProcessorMeasurement[]>;

export interface RunningSite {
  server: ServerProcess;
  /** Of sessions that are used over and over. */
  returning: string[];
  /** Of sessions that are used once. */
  firstTime: string[];
}

export type RunningSites = Record<SiteName, RunningSite>;

export interface ThroughputOptions {
  connections: number;
  /** Of measuring each site in each round. */
  seconds: number;
  rounds: number;
}

/** Long enough for any number of pages that are loaded once each. */
const AS_LONG_AS_IT_TAKES = 600;

function forEachSite(
  sites: RunningSites,
  rounds: number,
  load: (site: RunningSite, round: number) => Promise<Measurement>,
): Promise<SiteRounds> {
  const participant = (name: SiteName) => {
    const site = sites[name];
    let round = 0;
    return () => withProcessorTime(site.server, () => load(site, round++));
  };
  const participants = {
    ours: participant('ours'),
    passThrough: participant('passThrough'),
    nextAuth: participant('nextAuth'),
  };
  return eachRound(participants, rounds);
}

/** Pages per second of people who come back, all sites in turn. */
export async function measureReturning(
  sites: RunningSites,
  { connections, seconds, rounds }: ThroughputOptions,
): Promise<SiteRounds> {
  const load = (forSeconds: number) => (site: RunningSite) =>
    loadPage(site.server, site.returning, { connections, warmUpSeconds: 0, seconds: forSeconds });
  // The first pages of a process are slow for reasons of their own.
  await forEachSite(sites, 2, load(seconds / 2));
  return await forEachSite(sites, rounds, load(seconds));
}

/** Pages per second of sessions that the process has never seen, each loaded once. */
export function measureFirstTime(
  sites: RunningSites,
  { connections, rounds }: ThroughputOptions,
): Promise<SiteRounds> {
  return forEachSite(sites, rounds, ({ server, firstTime }, round) => {
    const size = Math.floor(firstTime.length / rounds);
    const cookies = firstTime.slice(round * size, (round + 1) * size);
    return loadPage(server, cookies, {
      connections,
      warmUpSeconds: 0,
      seconds: AS_LONG_AS_IT_TAKES,
      eachOnce: true,
    });
  });
}
