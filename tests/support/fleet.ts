import { setTimeout } from 'node:timers/promises';
import { freePort, type RunningApp, startApp } from './app.ts';

export interface Fleet {
  ports: readonly number[];
  /** Ends an instance and waits until it has ended. @returns its exit code, null when a signal ended it */
  end(index: number, signal: NodeJS.Signals): Promise<number | null>;
  /** Starts the instance again, at the same port. */
  start(index: number): Promise<void>;
  /** How often each event was logged, by every instance there has been. */
  events(): Record<string, number>;
  close(): Promise<void>;
}

/**
 * Starts several processes of one deployment, all with the same configuration.
 * @param environment with `APP_URL` and `SESSION_SECRET`, which the instances have to share
 */
export async function startFleet(size: number, environment: Record<string, string>): Promise<Fleet> {
  const ports: number[] = [];
  while (ports.length < size) ports.push(await freePort());
  const instances = await Promise.all(ports.map((port) => startApp(environment, port)));
  const everyOne: RunningApp[] = [...instances];

  return {
    ports,
    async end(index, signal) {
      return (await instances[index]?.end(signal)) ?? null;
    },
    async start(index) {
      const started = await startApp(environment, ports[index]);
      instances[index] = started;
      everyOne.push(started);
    },
    events() {
      const output = everyOne.map((instance) => instance.output()).join('\n');
      const counts: Record<string, number> = {};
      for (const [, event = ''] of output.matchAll(/"event":"(\w+)"/g))
        counts[event] = (counts[event] ?? 0) + 1;
      return counts;
    },
    async close() {
      await Promise.all(instances.map((instance) => instance.stop()));
    },
  };
}

/** One end of an instance; times are milliseconds since the epoch. */
export interface Ending {
  port: number;
  signal: NodeJS.Signals;
  began: number;
  ended: number;
}

const BETWEEN_MS = 5_000;
const DOWN_MS = 1_000;

/**
 * Ends one instance after the other and starts it again: two by SIGKILL, then one by SIGTERM, and so on.
 * @param until milliseconds since the epoch; all instances are up when this is done
 */
export async function restartInTurn(fleet: Fleet, until: number): Promise<Ending[]> {
  const endings: Ending[] = [];
  for (let turn = 0; Date.now() + BETWEEN_MS < until; turn += 1) {
    await setTimeout(BETWEEN_MS);
    const index = turn % fleet.ports.length;
    const signal = turn % 3 === 2 ? 'SIGTERM' : 'SIGKILL';
    const began = Date.now();
    await fleet.end(index, signal);
    endings.push({ port: fleet.ports[index] ?? 0, signal, began, ended: Date.now() });
    await setTimeout(DOWN_MS);
    await fleet.start(index);
  }
  return endings;
}
