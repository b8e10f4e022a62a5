import { afterEach, describe, expect, it } from 'vitest';
import {
  countApiRequest,
  countMachineToken,
  countRefresh,
  countRefusal,
  countSignIn,
  timeGuard,
} from '../../../lib/telemetry/metrics.ts';
import { counters, measureInto, type Sink } from '../../../lib/telemetry/sink.ts';
import { inSpan } from '../../../lib/telemetry/span.ts';

type Measured = [name: string, attributes: object];

let measured: Measured[] = [];
let durations: number[] = [];

/** What OpenTelemetry's part does, written down. */
const notes: Sink = {
  count: (name, attributes) => void measured.push([name, attributes]),
  record(name, value, attributes) {
    measured.push([name, attributes]);
    durations.push(value);
  },
  async span(name, attributes, work) {
    const all: object[] = [attributes];
    const result = await work((more) => void all.push(more));
    measured.push([name, Object.assign({}, ...all)]);
    return result;
  },
};

afterEach(() => {
  [measured, durations] = [[], []];
});

function countEverything(): void {
  countSignIn('opened');
  countRefresh('refreshed');
  countRefusal('forbidden', 'page');
  countMachineToken('client', 'cached');
  countApiRequest('getMe', 200);
}

// First, because nothing takes a sink away again.
it('without a sink nothing is measured, and the work is done all the same', async () => {
  countEverything();
  expect(await timeGuard('page', async () => 'done')).toBe('done');
  expect(await inSpan('refresh', {}, async (add) => String(add({ 'cabana.outcome': 'x' })))).toBe(
    'undefined',
  );
  expect(measured).toEqual([]);
});

describe('with a sink', () => {
  it('each counter has one function', () => {
    measureInto(notes);
    countEverything();
    expect(measured).toEqual([
      ['cabana.sign_ins', { outcome: 'opened' }],
      ['cabana.refreshes', { outcome: 'refreshed' }],
      ['cabana.refusals', { code: 'forbidden', at: 'page' }],
      ['cabana.machine_tokens', { client: 'client', outcome: 'cached' }],
      ['cabana.api.requests', { operation: 'getMe', status: 200 }],
    ]);
    expect(measured.map(([name]) => name).sort()).toEqual(Object.keys(counters).sort());
  });

  it('a guard is timed in milliseconds, also when it throws', async () => {
    measureInto(notes);
    const slow = () => new Promise<never>((_, reject) => setTimeout(reject, 30, new Error('no')));
    await expect(timeGuard('api', slow)).rejects.toThrow('no');
    expect(measured).toEqual([['cabana.guard.duration', { guard: 'api' }]]);
    expect(durations[0]).toBeGreaterThan(25);
  });

  it('a span has the attributes that its work adds', async () => {
    measureInto(notes);
    const result = await inSpan('token endpoint', { 'cabana.grant': 'refresh_token' }, async (add) => {
      add({ 'cabana.outcome': 'tokens' });
      return 1;
    });
    expect(result).toBe(1);
    const attributes = { 'cabana.grant': 'refresh_token', 'cabana.outcome': 'tokens' };
    expect(measured).toEqual([['token endpoint', attributes]]);
  });
});
