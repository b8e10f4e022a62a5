import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/**
 * What may leave, by name. Next.js puts addresses into others: a callback's carries an authorization code, and a path
 * of an administrator's the name of a user.
 */
const known = new Set([
  'error.type',
  'http.method',
  'http.route',
  'http.status_code',
  'net.peer.name',
  'net.peer.port',
  'next.bubble',
  'next.page',
  'next.route',
  'next.rsc',
  'next.segment',
  'next.span_category',
  'next.span_type',
]);

const mayLeave = (name: string): boolean => known.has(name) || name.startsWith('cabana.');

const onlyKnown = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => mayLeave(name)));

/** Next.js names its own fetches by their address. */
const withoutAddress = (name: string): string =>
  name.replace(/^(fetch \w+) .*$/s, '$1').replace(/[?#].*$/s, '');

/** A span as it may leave: known attributes alone, no address in its name, no text of an error. */
const scrubbed = (span: ReadableSpan): ReadableSpan => ({
  name: withoutAddress(span.name),
  kind: span.kind,
  spanContext: () => span.spanContext(),
  ...(span.parentSpanContext && { parentSpanContext: span.parentSpanContext }),
  startTime: span.startTime,
  endTime: span.endTime,
  status: { code: span.status.code },
  attributes: onlyKnown(span.attributes),
  links: span.links.map(({ context }) => ({ context })),
  // The one event is an exception, with its message and its stack. `error.type` says which it was.
  events: [],
  duration: span.duration,
  ended: span.ended,
  resource: span.resource,
  instrumentationScope: span.instrumentationScope,
  droppedAttributesCount: span.droppedAttributesCount,
  droppedEventsCount: span.droppedEventsCount,
  droppedLinksCount: span.droppedLinksCount,
});

/** An exporter that hands on scrubbed spans and nothing else. */
export const scrubbing = (exporter: SpanExporter): SpanExporter => ({
  export: (spans, done) => exporter.export(spans.map(scrubbed), done),
  shutdown: () => exporter.shutdown(),
  forceFlush: async () => await exporter.forceFlush?.(),
});
