import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { z } from 'zod';
import { log } from '../log.ts';
import { outsideRequests } from '../request-scope.ts';

const MINUTE_MS = 60_000;

const exception = z.object({ name: z.string().optional(), code: z.string().optional() });

/** An exporter's error comes as JSON, and in it whatever the endpoint answered: its name and its code are enough. */
function reasonIn(message: string): string {
  try {
    const { name = 'Error', code = '' } = exception.parse(JSON.parse(message));
    return `${name} ${code}`.trim();
  } catch {
    return message.startsWith('{') ? 'unknown' : message;
  }
}

/** Has what OpenTelemetry complains of in the log, one line a minute at the most. */
export function logFailures(now: () => number = performance.now.bind(performance)): void {
  let quietUntil = Number.NEGATIVE_INFINITY;
  const warn = (message: string) => {
    if (now() < quietUntil) return;
    quietUntil = now() + MINUTE_MS;
    // A batch leaves in the name of whichever request began it.
    outsideRequests(() => log('warn', 'telemetry_failed', { reason: reasonIn(message) }));
  };
  const nothing = () => {};
  const logger: DiagLogger = { error: warn, warn, info: nothing, debug: nothing, verbose: nothing };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}
