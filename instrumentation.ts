import type { Instrumentation } from 'next';
import { log } from '#lib/log.ts';

/** Called by Next.js once at start. */
export async function register(): Promise<void> {
  // A constant of the build rather than a setting: it keeps `process.exit` and the database out of the edge bundle.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const config = (await import('#lib/check-config.ts')).checkConfig();
  (await import('#lib/http/mark-requests.ts')).markRequests(config);
  (await import('#lib/http/undecodable-path.ts')).takeUndecodablePathsLiterally();
  // OpenTelemetry is loaded by those who send something with it.
  const { telemetry } = config;
  const flush = telemetry && (await import('#lib/telemetry/start.ts')).startTelemetry(telemetry);
  const { tokenUsage } = await import('#lib/machine/process-tokens.ts');
  const { writeSeen } = await import('#lib/session/last-seen.ts');
  (await import('#lib/http/drain.ts')).drainOnTermination({
    token_usage: () => tokenUsage().write(),
    last_seen: () => writeSeen(),
    telemetry: async () => flush?.(),
  });
  // Brings the tables up to date. A database that is down is in the log, and is asked again by the first who needs it.
  await (await import('#lib/data/database.ts')).database().reachable();
}

/**
 * Called by Next.js for what a page, a route handler or the middleware did not catch, which it prints by itself. This
 * line ties the reference that people are shown (`digest`) to the request.
 */
export const onRequestError: Instrumentation.onRequestError = (error, _request, { routePath, routeType }) => {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  log('error', 'request_failed', { digest, route: routePath, kind: routeType });
};
