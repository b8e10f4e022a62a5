import { processWide } from '../process-wide.ts';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Where measurements go: OpenTelemetry's part of this process (lib/telemetry/start.ts). */
export interface Sink {
  /** Adds one to a counter. */
  count(name: CounterName, attributes: Attributes): void;
  /** @param value milliseconds */
  record(name: HistogramName, value: number, attributes: Attributes): void;
  /** Runs some work as a span, below the one that is under way. */
  span<Result>(
    name: string,
    attributes: Attributes,
    work: (add: (attributes: Attributes) => void) => Promise<Result>,
  ): Promise<Result>;
}

export const counters = {
  'cabana.sign_ins': 'Sign-ins that came back from the user pool, by outcome',
  'cabana.refreshes': 'Refreshes at the user pool, by outcome',
  'cabana.refusals': 'Requests that were refused, by code',
  'cabana.machine_tokens': 'Client-credentials tokens, by app client and outcome',
  'cabana.api.requests': 'Requests of the API, by operation and status',
} as const;

export const histograms = {
  'cabana.guard.duration': 'How long it took to decide who a request acts for',
} as const;

export type CounterName = keyof typeof counters;
export type HistogramName = keyof typeof histograms;

const place = (): { sink?: Sink } => processWide('telemetry', () => ({}));

/** @returns undefined while no endpoint is configured, and in an edge runtime that is a process of its own */
export const telemetrySink = (): Sink | undefined => place().sink;

/** Has everything that is measured in this process, its middleware included, go to a sink. */
export function measureInto(sink: Sink): void {
  place().sink = sink;
}
