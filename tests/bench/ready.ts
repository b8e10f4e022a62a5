import { connections, exchange } from './exchange.ts';
import type { ServerProcess } from './server-process.ts';

const STARTS = 5;

/**
 * How long a server takes from the start of its process to its first answer, on a store that exists.
 * @returns milliseconds: the median of five starts
 */
export async function timeToReady(start: () => Promise<ServerProcess>, userPoolId: string): Promise<number> {
  const times: number[] = [];
  const agent = connections(1);
  const keys = {
    method: 'GET',
    path: `/${userPoolId}/.well-known/jwks.json`,
    headers: {},
    expected: '"keys"',
  } as const;
  while (times.length < STARTS) {
    const begin = performance.now();
    const server = await start();
    await exchange(agent, server.port, keys, '');
    times.push(performance.now() - begin);
    agent.destroy();
    await server.stop();
  }
  return times.sort((a, b) => a - b)[Math.floor(STARTS / 2)] ?? Number.NaN;
}
