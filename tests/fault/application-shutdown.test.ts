import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PoolAndApp, startPoolAndApp } from '../support/local-pool.ts';

let stand: PoolAndApp;
beforeAll(async () => {
  stand = await startPoolAndApp();
});
afterAll(() => stand.stop());

type Outcome = number | 'refused' | 'kept connection closed' | 'lost';

/** Loads a page over a kept connection, as a load balancer does. */
function load(agent: Agent): Promise<Outcome> {
  return new Promise((resolve) => {
    const sent = request(new URL('/', stand.app.address), { agent });
    sent.once('response', (response: IncomingMessage) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', () => resolve('lost'));
    });
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') return resolve('refused');
      // Closed while nothing was under way: whoever keeps connections has to expect that and sends again.
      resolve(sent.reusedSocket ? 'kept connection closed' : 'lost');
    });
    sent.end();
  });
}

it('IF-09 SIGTERM under load: every request that was taken is answered, and it ends within ten seconds with code 0', {
  timeout: 60_000,
}, async () => {
  const agent = new Agent({ keepAlive: true });
  const outcomes: Outcome[] = [];
  let under = true;
  const lanes = Array.from({ length: 8 }, async () => {
    while (under && outcomes.at(-1) !== 'refused') outcomes.push(await load(agent));
  });
  try {
    await expect.poll(() => outcomes.length, { timeout: 20_000 }).toBeGreaterThan(50);
    const late = setTimeout(10_000, 'still running');
    expect(await Promise.race([stand.app.end('SIGTERM'), late])).toBe(0);
  } finally {
    under = false;
    await Promise.all(lanes);
    agent.destroy();
  }
  const wanted = [200, 'refused', 'kept connection closed'];
  expect(outcomes.filter((outcome) => !wanted.includes(outcome))).toEqual([]);
});
