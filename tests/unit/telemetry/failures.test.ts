import { diag } from '@opentelemetry/api';
import { afterEach, expect, it, vi } from 'vitest';
import { logFailures } from '../../../lib/telemetry/failures.ts';

let time = 0;
afterEach(() => {
  diag.disable();
  vi.restoreAllMocks();
});

/** Collects the lines that are logged from now on. */
function listen(): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(JSON.parse(line)));
  logFailures(() => time);
  return lines;
}

it('failures are one line a minute', () => {
  const lines = listen();
  for (time = 0; time < 120_000; time += 1_000) diag.error('the endpoint is away');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({
    level: 'warn',
    event: 'telemetry_failed',
    reason: 'the endpoint is away',
  });
});

it.each([
  [{ name: 'OTLPExporterError', code: '401', data: 'hush', stack: 'hush' }, 'OTLPExporterError 401'],
  [{ name: 'Error', code: 'ECONNREFUSED', message: 'connect 10.0.0.1' }, 'Error ECONNREFUSED'],
  [{ message: 'hush' }, 'Error'],
])('of an exception %j the line says %j', (exception, reason) => {
  time += 60_000;
  const lines = listen();
  diag.error(JSON.stringify(exception));
  expect(lines).toMatchObject([{ reason }]);
  expect(JSON.stringify(lines)).not.toContain('hush');
});

it('what is no failure is not logged', () => {
  time += 60_000;
  const lines = listen();
  diag.info('an export went well');
  diag.debug('an export went well');
  expect(lines).toEqual([]);
});
