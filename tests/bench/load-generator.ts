import { connections, exchange } from './exchange.ts';
import type { Load } from './load.ts';
import { answerLoad, repeat } from './repeat.ts';

// Its own process, so that neither server is measured with the generator's garbage collection inside.
answerLoad<Load>(async (load) => {
  const agent = connections(load.connections);
  const ask = (turn: number) =>
    exchange(agent, load.port, load.question, load.bodies[turn % load.bodies.length] ?? '');
  if (load.eachOnce) return await repeat(load.connections, load.seconds, ask, load.bodies.length);
  await repeat(load.connections, load.warmUpSeconds, ask);
  return await repeat(load.connections, load.seconds, ask);
});
