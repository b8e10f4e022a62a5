import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { log } from '../log.ts';

/** Orchestrators kill after ten seconds or later. */
const LONGEST_DRAIN_MS = 9_000;
/** What of this is for the last words. */
const LONGEST_FAREWELL_MS = 1_000;

type Exit = typeof process.exit;
/** What is still to be written or sent, by its name in the log. */
type LastWords = Record<string, () => Promise<unknown>>;

const speak = (lastWords: LastWords): Promise<unknown> =>
  Promise.all(
    Object.entries(lastWords).map(([what, say]) => say().catch(() => log('error', 'lost_at_exit', { what }))),
  );

/**
 * Makes SIGTERM end this process within nine seconds, with code 0. Next.js stops listening and waits until every
 * connection is closed, and then exits with 143; but a load balancer goes on sending requests over a connection that it
 * has kept, and the wait would never end. So every answer to a request that begins after the signal closes its connection.
 * @param lastWords are done once the last request has been answered, for a second at the most; after SIGINT as well.
 * Next.js ends the process without asking anybody, so its way out is put off until then. What fails is lost, and is in
 * the log
 */
export function drainOnTermination(lastWords: LastWords): void {
  const exit: Exit = process.exit.bind(process);
  const leave = (code?: Parameters<Exit>[0]): void => {
    setTimeout(() => exit(code), LONGEST_FAREWELL_MS);
    void speak(lastWords).finally(() => exit(code));
  };
  process.once('SIGINT', () => {
    process.exit = leave as Exit;
  });
  process.once('SIGTERM', () => {
    process.exit = (() => leave(0)) as Exit;
    subscribe('http.server.request.start', (message) => {
      (message as { response: ServerResponse }).response.shouldKeepAlive = false;
    });
    setTimeout(() => leave(0), LONGEST_DRAIN_MS - LONGEST_FAREWELL_MS).unref();
  });
}
