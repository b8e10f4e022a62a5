import { randomUUID } from 'node:crypto';
import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { TelemetrySettings } from '../config.ts';
import { currentRequest } from '../request-scope.ts';
import { logFailures } from './failures.ts';
import { scrubbing } from './scrub.ts';
import {
  type CounterName,
  counters,
  type HistogramName,
  histograms,
  measureInto,
  type Sink,
} from './sink.ts';

const SCOPE = 'cabana';

/** In milliseconds: most guards take less than one, and one that waits for the user pool takes up to five seconds. */
const GUARD_BUCKETS = [0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];

const exporterSettings = ({ endpoint, headers }: TelemetrySettings, signal: 'traces' | 'metrics') => ({
  url: `${endpoint.replace(/\/$/, '')}/v1/${signal}`,
  headers: { ...headers },
});

/** Every span says which request it belongs to, as the log does. */
const nameRequest: SpanProcessor = {
  onStart(span) {
    const request = currentRequest();
    if (request) span.setAttribute('cabana.request', request);
  },
  onEnd() {},
  forceFlush: async () => {},
  shutdown: async () => {},
};

function startTraces(settings: TelemetrySettings, resource: Resource): TracerProvider {
  const exporter = scrubbing(new OTLPTraceExporter(exporterSettings(settings, 'traces')));
  const provider = new TracerProvider({
    resource,
    spanProcessors: [nameRequest, new BatchSpanProcessor({ exporter })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return provider;
}

function startMetrics(settings: TelemetrySettings, resource: Resource): MeterProvider {
  const exporter = new OTLPMetricExporter(exporterSettings(settings, 'metrics'));
  return new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter })] });
}

function instruments(provider: MeterProvider): Pick<Sink, 'count' | 'record'> {
  const meter = provider.getMeter(SCOPE);
  const named = <Name extends string, Instrument>(
    table: Record<Name, string>,
    create: (name: string, description: string) => Instrument,
  ) =>
    Object.fromEntries(
      Object.entries<string>(table).map(([name, description]) => [name, create(name, description)]),
    ) as Record<Name, Instrument>;
  const counting = named<CounterName, ReturnType<typeof meter.createCounter>>(counters, (name, description) =>
    meter.createCounter(name, { description, unit: '1' }),
  );
  const timing = named<HistogramName, ReturnType<typeof meter.createHistogram>>(
    histograms,
    (name, description) =>
      meter.createHistogram(name, {
        description,
        unit: 'ms',
        advice: { explicitBucketBoundaries: GUARD_BUCKETS },
      }),
  );
  return {
    count: (name, attributes) => counting[name].add(1, attributes),
    record: (name, value, attributes) => timing[name].record(value, attributes),
  };
}

const spans = (provider: TracerProvider): Sink['span'] => {
  const tracer = provider.getTracer(SCOPE);
  return (name, attributes, work) =>
    tracer.startActiveSpan(name, { attributes }, async (span) => {
      try {
        return await work((more) => void span.setAttributes(more));
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
};

/**
 * Sends traces and metrics of this process to an OTLP/HTTP endpoint (OpenTelemetry Protocol 1.9, JSON), in the
 * background. An endpoint that is away or slow costs requests nothing: what it does not take is dropped.
 * @returns sends what is left, and resolves when that has been tried
 */
export function startTelemetry(settings: TelemetrySettings): () => Promise<void> {
  logFailures();
  // Counters of several instances under one name would each look like one that keeps jumping back.
  const resource = defaultResource().merge(
    resourceFromAttributes({ 'service.name': settings.serviceName, 'service.instance.id': randomUUID() }),
  );
  const traces = startTraces(settings, resource);
  const metrics = startMetrics(settings, resource);
  measureInto({ ...instruments(metrics), span: spans(traces) });
  return async () => void (await Promise.allSettled([traces.forceFlush(), metrics.forceFlush()]));
}
