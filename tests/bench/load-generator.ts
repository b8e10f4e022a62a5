import { connections, exchange } from './exchange.ts';
import type { Load } from './load.ts';
import { answerLoad, pace, repeat } from './repeat.ts';

// Its own process, so that neither server is measured with the generator's garbage collection inside.
answerLoad<Load>(async (load) => {
  const { port, question, bodies, cookies = [], seconds, perSecond, warmUpSeconds } = load;
  const agent = connections(load.connections);
  const ask = (turn: number) =>
    exchange(agent, port, question, bodies[turn % bodies.length] ?? '', cookies[turn % cookies.length]);
  const count = { countFailures: load.countFailures ?? false };
  if (load.eachOnce)
    return await repeat(load.connections, seconds, ask, {
      ...count,
      times: Math.max(bodies.length, cookies.length),
    });
  if (perSecond) return await pace(perSecond, seconds, ask, count);
  await repeat(load.connections, warmUpSeconds, ask, count);
  return await repeat(load.connections, seconds, ask, count);
});
