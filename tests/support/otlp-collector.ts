import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

type Value = string | number | boolean;

export interface ExportedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  attributes: Record<string, Value>;
}

/** One series of a metric: its name, its attributes and where it stands. */
export interface ExportedPoint {
  name: string;
  unit: string;
  attributes: Record<string, Value>;
  /** A counter's sum; of a histogram, how many values it has taken. */
  value: number;
}

/** An OTLP/HTTP endpoint that keeps everything it is sent (OpenTelemetry Protocol, JSON encoding). */
export interface OtlpCollector {
  url: string;
  /** As they were sent, each with its path and headers. */
  requests: { path: string; headers: IncomingMessage['headers']; body: string }[];
  spans(): ExportedSpan[];
  /** The newest state of each series. */
  points(): ExportedPoint[];
  resources(): Record<string, Value>[];
  close(): Promise<void>;
}

interface AnyValue {
  stringValue?: string;
  intValue?: number | string;
  doubleValue?: number;
  boolValue?: boolean;
}
interface KeyValue {
  key: string;
  value: AnyValue;
}

const plain = ({ stringValue, intValue, doubleValue, boolValue }: AnyValue): Value =>
  stringValue ?? boolValue ?? doubleValue ?? Number(intValue);

const attributesOf = (pairs: KeyValue[] = []): Record<string, Value> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, plain(value)]));

interface Resource {
  resource: { attributes?: KeyValue[] };
}
interface TraceBatch {
  resourceSpans: (Resource & {
    scopeSpans: {
      spans: {
        name: string;
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        attributes?: KeyValue[];
      }[];
    }[];
  })[];
}
interface Point {
  attributes?: KeyValue[];
  asDouble?: number;
  asInt?: number | string;
  count?: number | string;
}
interface MetricBatch {
  resourceMetrics: (Resource & {
    scopeMetrics: {
      metrics: {
        name: string;
        unit: string;
        sum?: { dataPoints: Point[] };
        histogram?: { dataPoints: Point[] };
      }[];
    }[];
  })[];
}

/** @param answer waits, or says something else than 200 */
export async function startOtlpCollector(answer?: () => Promise<number>): Promise<OtlpCollector> {
  const requests: OtlpCollector['requests'] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    requests.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead((await answer?.()) ?? 200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0);
  await once(server, 'listening');
  const address = server.address();
  const batches = <Batch>(path: string): Batch[] =>
    requests.filter((request) => request.path === path).map(({ body }) => JSON.parse(body) as Batch);
  const traces = () => batches<TraceBatch>('/v1/traces').flatMap(({ resourceSpans }) => resourceSpans);
  const metrics = () => batches<MetricBatch>('/v1/metrics').flatMap(({ resourceMetrics }) => resourceMetrics);

  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : 0}`,
    requests,
    spans: () =>
      traces()
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans)
        .map(({ name, traceId, spanId, parentSpanId, attributes }) => ({
          name,
          traceId,
          spanId,
          parentSpanId,
          attributes: attributesOf(attributes),
        })),
    points() {
      const points = metrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .flatMap((scope) => scope.metrics)
        .flatMap(
          ({ name, unit, sum, histogram }) =>
            (sum ?? histogram)?.dataPoints.map((point) => ({
              name,
              unit,
              attributes: attributesOf(point.attributes),
              value: Number(point.count ?? point.asDouble ?? point.asInt),
            })) ?? [],
        );
      return [
        ...new Map(points.map((point) => [JSON.stringify([point.name, point.attributes]), point])).values(),
      ];
    },
    resources: () => [...traces(), ...metrics()].map(({ resource }) => attributesOf(resource.attributes)),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
