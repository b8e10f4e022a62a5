import { once } from 'node:events';
import { createServer } from 'node:http';
import { connections, exchange, type Question } from './exchange.ts';
import type { Load } from './load.ts';
import { answerLoad, pace, repeat } from './repeat.ts';

const PRACTICE_SECONDS = 0.5;
const PRACTICE_PER_SECOND = 400;

/** The first exchanges of a process are slow for reasons of its own, which would count as the server's. */
async function practise(): Promise<void> {
  const server = createServer((_, response) => response.end('practice')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const question: Question = { method: 'GET', path: '/', headers: {}, expected: 'practice' };
  const agent = connections(8);
  const ask = () => exchange(agent, port, question, '');
  await repeat(8, PRACTICE_SECONDS, ask);
  await pace(PRACTICE_PER_SECOND, PRACTICE_SECONDS, ask);
  agent.destroy();
  server.close();
}

async function generate(load: Load) {
  const { port, question, bodies, cookies = [], seconds, perSecond, warmUpSeconds } = load;
  const agent = connections(load.connections);
  const ask = (turn: number) =>
    exchange(agent, port, question, bodies[turn % bodies.length] ?? '', cookies[turn % cookies.length]);
  const count = { countFailures: load.countFailures ?? false };
  const each = () =>
    repeat(load.connections, seconds, ask, { ...count, times: Math.max(bodies.length, cookies.length) });
  const steadily = (forSeconds: number) =>
    perSecond ? pace(perSecond, forSeconds, ask, count) : repeat(load.connections, forSeconds, ask, count);
  try {
    if (load.eachOnce) return await each();
    await steadily(warmUpSeconds);
    return await steadily(seconds);
  } finally {
    agent.destroy();
  }
}

// Its own process, so that neither server is measured with the generator's garbage collection inside.
const practised = practise();
answerLoad<Load>(async (load) => {
  await practised;
  return await generate(load);
});
