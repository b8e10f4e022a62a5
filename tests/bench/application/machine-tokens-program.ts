import { machineTokens } from '../../../lib/machine/process-tokens.ts';
import { answerLoad } from '../repeat.ts';
import type { MachineCosts } from './machine-tokens.ts';

const scopes = ['notes/read'];

/** @returns microseconds of the processor for each call */
async function costOf(calls: number, work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

answerLoad<{ calls: number }, MachineCosts>(async ({ calls }) => {
  const tokens = machineTokens();
  const atOnce = await costOf(calls, () =>
    Promise.all(Array.from({ length: calls }, () => tokens.token(scopes))),
  );
  const held = await costOf(calls, async () => {
    for (let call = 0; call < calls; call += 1) await tokens.token(scopes);
  });
  return { atOnce, held };
});
