import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

/** Orchestrators kill after ten seconds or later. */
const LONGEST_DRAIN_MS = 9_000;
/** What of this is for the last words. */
const LONGEST_FAREWELL_MS = 1_000;

type Exit = typeof process.exit;

/**
 * Makes SIGTERM end this process within nine seconds, with code 0. Next.js stops listening and waits until every
 * connection is closed, and then exits with 143; but a load balancer goes on sending requests over a connection that it
 * has kept, and the wait would never end. So every answer to a request that begins after the signal closes its connection.
 * @param farewell is done once the last request has been answered, for a second at the most; after SIGINT as well.
 * Next.js ends the process without asking anybody, so its way out is put off until then
 */
export function drainOnTermination(farewell: () => Promise<unknown>): void {
  const exit: Exit = process.exit.bind(process);
  const leave = (code?: Parameters<Exit>[0]): void => {
    setTimeout(() => exit(code), LONGEST_FAREWELL_MS);
    void farewell().finally(() => exit(code));
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
