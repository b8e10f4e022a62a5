import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

/** Orchestrators kill after ten seconds or later. */
const LONGEST_DRAIN_MS = 9_000;

type Exit = typeof process.exit;

/**
 * Makes whoever ends this process wait for what is to be finished. Next.js does so as soon as the last connection is
 * closed, and tells nobody before.
 */
function finishBeforeExit(exit: Exit, finish: () => Promise<unknown>): void {
  process.exit = ((code) => void finish().finally(() => exit(code))) as Exit;
}

/**
 * Makes SIGTERM end this process within nine seconds, with code 0. Next.js stops listening and waits until every
 * connection is closed, and then exits with 143; but a load balancer goes on sending requests over a connection that it
 * has kept, and the wait would never end. So every answer to a request that begins after the signal closes its connection.
 * @param finish is waited for after the last request, within the same nine seconds; after SIGINT as well
 */
export function drainOnTermination(finish: () => Promise<unknown>): void {
  const exit: Exit = process.exit.bind(process);
  process.once('SIGINT', () => finishBeforeExit(exit, finish));
  process.once('SIGTERM', () => {
    finishBeforeExit(exit, finish);
    subscribe('http.server.request.start', (message) => {
      (message as { response: ServerResponse }).response.shouldKeepAlive = false;
    });
    process.once('exit', () => {
      process.exitCode = 0;
    });
    setTimeout(() => exit(0), LONGEST_DRAIN_MS).unref();
  });
}
