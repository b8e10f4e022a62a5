import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

/** Orchestrators kill after ten seconds or later. */
const LONGEST_DRAIN_MS = 9_000;

/**
 * Makes SIGTERM end this process within nine seconds, with code 0. Next.js stops listening and waits until every
 * connection is closed, and then exits with 143; but a load balancer goes on sending requests over a connection that it
 * has kept, and the wait would never end. So every answer to a request that begins after the signal closes its connection.
 */
export function drainOnTermination(): void {
  process.once('SIGTERM', () => {
    subscribe('http.server.request.start', (message) => {
      (message as { response: ServerResponse }).response.shouldKeepAlive = false;
    });
    process.once('exit', () => {
      process.exitCode = 0;
    });
    setTimeout(() => process.exit(0), LONGEST_DRAIN_MS).unref();
  });
}
