import { type Measurement, rate } from '../load.ts';
import { eachRound } from '../rounds.ts';
import { processorSeconds, type ServerProcess } from '../server-process.ts';
import { loadPage } from './page-load.ts';
import { type SiteName, siteNames } from './sites.ts';

/** One site in one round. */
export interface SiteMeasurement extends Measurement {
  /** Milliseconds of processor time that the server took for each page. */
  processorPerPage: number;
}

export type SiteRounds = Record<SiteName, SiteMeasurement[]>;

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

async function withProcessorTime(
  { server: { pid } }: RunningSite,
  load: () => Promise<Measurement>,
): Promise<SiteMeasurement> {
  const before = processorSeconds(pid);
  const measurement = await load();
  const used = processorSeconds(pid) - before;
  return { ...measurement, processorPerPage: (used * 1_000) / measurement.count };
}

function forEachSite(
  sites: RunningSites,
  rounds: number,
  load: (site: RunningSite, round: number) => Promise<Measurement>,
): Promise<SiteRounds> {
  const participants = siteNames.map((name) => {
    let round = 0;
    return [name, () => withProcessorTime(sites[name], () => load(sites[name], round++))] as const;
  });
  return eachRound(Object.fromEntries(participants), rounds) as Promise<SiteRounds>;
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

export interface Ratio {
  median: number;
  lowest: number;
  highest: number;
}

/** How our site's rate compares with another's: each round by itself, so that what disturbs a round disturbs both. */
export function ratioTo(other: SiteName, rounds: SiteRounds): Ratio {
  const ratios = rounds.ours
    .map((ours, round) => rate(ours) / rate(rounds[other][round] ?? ours))
    .sort((a, b) => a - b);
  return {
    median: middle(ratios),
    lowest: ratios[0] ?? Number.NaN,
    highest: ratios.at(-1) ?? Number.NaN,
  };
}

/** The median of sorted numbers. */
function middle(sorted: number[]): number {
  const half = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}
