import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import { scrubbing } from '../../../lib/telemetry/scrub.ts';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({
  spanProcessors: [new SimpleSpanProcessor({ exporter: scrubbing(exporter) })],
});
const tracer = provider.getTracer('test');

/** What is exported of a span with this name and these attributes, which failed with this message. */
function exported(name: string, attributes: Record<string, string | number>, message: string) {
  exporter.reset();
  const cause = tracer.startSpan('cause');
  const link = { context: cause.spanContext(), attributes: { url: message } };
  const span = tracer.startSpan(name, { attributes, links: [link] });
  span.addEvent('exchange', { code: message });
  span.recordException(new Error(message));
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  span.end();
  const [found] = exporter.getFinishedSpans();
  if (!found) throw new Error('Nothing was exported.');
  return found;
}

it('attributes that are not known to be harmless stay, and so do events, messages and the attributes of links', () => {
  const span = exported(
    'GET /home',
    {
      'http.method': 'GET',
      'http.route': '/home',
      'http.status_code': 500,
      'http.target': '/api/auth/callback/cognito?code=hush',
      'http.url': 'https://app.example.com/users/hush',
      'next.span_name': 'hush',
      'url.query': 'hush',
      'cabana.outcome': 'opened',
    },
    'hush',
  );
  expect(span.attributes).toEqual({
    'http.method': 'GET',
    'http.route': '/home',
    'http.status_code': 500,
    'cabana.outcome': 'opened',
  });
  expect(span.status).toEqual({ code: SpanStatusCode.ERROR });
  const { resource, ...rest } = span;
  expect(JSON.stringify(rest)).not.toContain('hush');
  expect(resource).toBeDefined();
});

it.each([
  ['fetch POST https://pool.example.com/oauth2/token?code=hush', 'fetch POST'],
  ['fetch GET https://api.example.com/users/hush', 'fetch GET'],
  ['GET /home?code=hush', 'GET /home'],
  ['render route (app) /home#hush', 'render route (app) /home'],
  ['executing api route (app) /api/v1/sessions/[id]', 'executing api route (app) /api/v1/sessions/[id]'],
])('the name %j leaves as %j', (name, expected) => {
  expect(exported(name, {}, '').name).toBe(expected);
});

it('identity, times and the place in the trace are as they were', () => {
  exporter.reset();
  const span = tracer.startSpan('refresh');
  span.end();
  const [found] = exporter.getFinishedSpans();
  expect(found?.spanContext()).toEqual(span.spanContext());
  expect(found?.ended).toBe(true);
  expect(found?.duration[0]).toBeLessThan(1);
  expect(found?.instrumentationScope.name).toBe('test');
});
