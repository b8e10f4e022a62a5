import { type Measurement, merge, percentile, startLoadGenerator } from '../load.ts';
import { residentMegabytes, type ServerProcess } from '../server-process.ts';
import { loadPage } from './page-load.ts';

const MOST_PER_SECOND = 200;
/** Beyond this share of what the machine can do without a gate, it measures how requests wait for each other. */
const SHARE_OF_CAPACITY = 0.5;
const CONNECTIONS = 100;
/** A process is slow at first, and slower where it meets every session for the first time: that is measured by itself. */
const WARM_UP_SECONDS = 30;
const SLICES = 30;
/** The page without a gate is loaded for this share of the time besides, to compare with. */
const UNGATED_SHARE = 0.25;

export interface SteadyLoad {
  minutes: number;
  perSecond: number;
  sessions: number;
  gated: Measurement;
  ungated: Measurement;
  /** Megabytes of the gated process after each thirtieth of the time. */
  resident: number[];
  userPoolCalls: number;
}

/**
 * LD-01: signed-in pages at a steady rate: 200 a second, or half of what this machine can do with no gate at all.
 * @param capacity pages a second with no gate
 * @param cookies Cookie headers of sessions, which come in turn
 * @param userPoolCalls how often the user pool was asked for anything so far
 */
export async function measureSteadyLoad(
  servers: { gated: ServerProcess; ungated: ServerProcess },
  cookies: string[],
  minutes: number,
  capacity: number,
  userPoolCalls: () => number,
): Promise<SteadyLoad> {
  const seconds = (minutes * 60) / SLICES;
  const perSecond = Math.min(MOST_PER_SECOND, Math.round(capacity * SHARE_OF_CAPACITY));
  const load = { connections: CONNECTIONS, warmUpSeconds: 0, perSecond, countFailures: true };
  const { run, end } = startLoadGenerator();
  for (const server of [servers.gated, servers.ungated])
    await loadPage(server, cookies, { ...load, seconds: WARM_UP_SECONDS }, { run });
  const before = userPoolCalls();
  const gated: Measurement[] = [];
  const ungated: Measurement[] = [];
  const resident: number[] = [];
  while (resident.length < SLICES) {
    gated.push(await loadPage(servers.gated, cookies, { ...load, seconds }, { run }));
    resident.push(residentMegabytes(servers.gated.pid));
    const share = { ...load, seconds: seconds * UNGATED_SHARE };
    ungated.push(await loadPage(servers.ungated, cookies, share, { run }));
  }
  end();
  return {
    minutes,
    perSecond,
    sessions: cookies.length,
    gated: merge(gated),
    ungated: merge(ungated),
    resident,
    userPoolCalls: userPoolCalls() - before,
  };
}

/** Milliseconds that the gate adds to a share of all page loads. */
export const addedBy = ({ gated, ungated }: SteadyLoad, share: number): number =>
  percentile(gated, share) - percentile(ungated, share);

/**
 * Megabytes in the second and in the last third of the time, at the most. The first third is for caches to fill and for
 * the garbage collector to find its size.
 */
export function residentThirds({ resident }: SteadyLoad): { second: number; last: number } {
  const third = Math.floor(resident.length / 3);
  return {
    second: Math.max(...resident.slice(third, 2 * third)),
    last: Math.max(...resident.slice(2 * third)),
  };
}
