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
  return loadPage(server, cookies, { ...load, countFailures: true }, page && { question: page });
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

export interface OneDueSession {
  /** One of each session, in the order of their cookies. */
  rounds: DueSessions[];
  /** Milliseconds: the slowest page load, a refresh that nothing else waits for, and the queue alone. */
  slowest: number;
  refresh: number;
  queueing: number;
}

/**
 * Many page loads at once of one browser whose session is due, for one session after the other. As many follow with the
 * same cookies, which by then are old: those are given the same new ones and wait for no refresh, only for each other.
 * @param due Cookie headers of sessions whose refresh is due
 * @param alone of another one, which is refreshed by one page load
 */
export async function measureOneDueSession(
  application: Application,
  { due, alone }: { due: string[]; alone: string },
  count: number,
): Promise<OneDueSession> {
  const slowestOf = (pages: Measurement): number => percentile(pages, 1);
  const refresh = slowestOf(await allAtOnce(application, [alone]));
  const rounds: DueSessions[] = [];
  const queues: Measurement[] = [];
  for (const cookie of due) {
    const cookies = Array.from({ length: count }, () => cookie);
    rounds.push(await loadAtOnce(application, cookies));
    queues.push(await allAtOnce(application, cookies));
  }
  const slowest = Math.max(...rounds.map(({ pages }) => slowestOf(pages)));
  return { rounds, slowest, refresh, queueing: Math.max(...queues.map(slowestOf)) };
}
