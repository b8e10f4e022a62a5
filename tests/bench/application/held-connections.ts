import { setTimeout } from 'node:timers/promises';
import { type Measurement, measure } from '../load.ts';
import { holdConnections, statusForHeader } from './hostile-connections.ts';

export interface HeldResult {
  /** Of each kind: idle, and slow. */
  connections: number;
  /** Of other people's pages meanwhile. */
  pages: Measurement;
  /** Seconds until the server had closed every one by itself; undefined when it did not within the patience. */
  closedAfter: number | undefined;
  /** What 64 KB of headers were answered with. */
  statusForLargeHeaders: number;
  /** Of pages after all of it. */
  recovered: Measurement;
}

const PAGES_PER_SECOND = 20;
const PAGES_SECONDS = 10;
/** Node.js gives headers a minute, and looks twice a minute. */
const PATIENCE_SECONDS = 120;

/** LD-05: connections that never finish a request, and headers that nobody needs. @param path a page for everybody */
export async function measureHeldConnections(
  port: number,
  path: string,
  connections: number,
): Promise<HeldResult> {
  const pages = () =>
    measure({
      port,
      question: { method: 'GET', path, headers: {}, expected: '<html' },
      bodies: [''],
      connections: 10,
      warmUpSeconds: 0,
      seconds: PAGES_SECONDS,
      perSecond: PAGES_PER_SECOND,
      countFailures: true,
    });
  const begin = performance.now();
  const held = [
    await holdConnections(port, connections, 'idle'),
    await holdConnections(port, connections, 'slow'),
  ];
  const elapsed = () => (performance.now() - begin) / 1_000;
  const meanwhile = await pages();
  while (held.some(({ open }) => open() > 0) && elapsed() < PATIENCE_SECONDS) await setTimeout(250);
  const closedAfter = held.some(({ open }) => open() > 0) ? undefined : elapsed();
  for (const { end } of held) end();
  return {
    connections,
    pages: meanwhile,
    closedAfter,
    statusForLargeHeaders: await statusForHeader(port, 64 * 1_024),
    recovered: await pages(),
  };
}
