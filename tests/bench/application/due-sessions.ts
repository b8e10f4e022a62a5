import type { Question } from '../exchange.ts';
import { type Measurement, percentile } from '../load.ts';
import type { ServerProcess } from '../server-process.ts';
import { loadPage } from './page-load.ts';

export interface DueSessions {
  pages: Measurement;
  tokenCalls: number;
}

interface Application {
  server: Pick<ServerProcess, 'port'>;
  /** The page of the sites unless it is said. */
  page?: Question;
  /** How often the user pool's token endpoint was asked so far. */
  tokenCalls(): number;
}

/** So many page loads at once are given up after this many seconds. */
const LONGEST = 600;

/** One page load for each cookie, all of them begun at once. */
function allAtOnce({ server, page }: Application, cookies: string[]): Promise<Measurement> {
  const load = { connections: cookies.length, warmUpSeconds: 0, seconds: LONGEST, eachOnce: true };
  return loadPage(server, cookies, { ...load, countFailures: true }, page);
}

/**
 * Loads a page with each cookie at once, and counts what that costs the user pool.
 * @param cookies Cookie headers, in the order in which they are sent
 */
export async function loadAtOnce(application: Application, cookies: string[]): Promise<DueSessions> {
  const before = application.tokenCalls();
  const pages = await allAtOnce(application, cookies);
  return { pages, tokenCalls: application.tokenCalls() - before };
}

export interface OneDueSession extends DueSessions {
  /** Milliseconds: the slowest page load, the refresh of a session that nothing else waits for, and the queue alone. */
  slowest: number;
  refresh: number;
  queueing: number;
}

/**
 * Many page loads at once of one browser whose session is due.
 * @param due of two sessions whose refresh is due: the second is refreshed by one page load alone, to compare with
 * @param fresh of a session whose refresh is not due, for the time that as many page loads wait for each other
 */
export async function measureOneDueSession(
  application: Application,
  { due: [due, other], fresh }: { due: [string, string]; fresh: string },
  count: number,
): Promise<OneDueSession> {
  const times = (cookie: string): string[] => Array.from({ length: count }, () => cookie);
  const slowestOf = (pages: Measurement): number => percentile(pages, 1);
  const queueing = slowestOf(await allAtOnce(application, times(fresh)));
  const refresh = slowestOf(await allAtOnce(application, [other]));
  const loaded = await loadAtOnce(application, times(due));
  return { ...loaded, slowest: slowestOf(loaded.pages), refresh, queueing };
}
