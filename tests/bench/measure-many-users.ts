import { signInCase } from './cases.ts';
import { LOCAL_POOL, startLocalPool } from './local-pool.ts';
import { createManyUsers } from './many-users.ts';
import { type MeasureOptions, measureWork } from './measure-cases.ts';
import { timeToReady } from './ready.ts';
import type { Results } from './results.ts';
import { rounds } from './rounds.ts';
import { residentMegabytes } from './server-process.ts';
import type { Target } from './target.ts';

/**
 * Measures what many users cost the local pool.
 * @param folder an empty one, for their store
 * @param ten a local pool with ten users, which runs
 */
export async function measureManyUsers(
  options: MeasureOptions,
  folder: string,
  users: number,
  ten: Target,
): Promise<Results['many']> {
  options.onStep(`creating ${users} users`);
  const server = await startLocalPool(folder);
  const many = { ...LOCAL_POOL, ...server };
  const begin = performance.now();
  const bodies = await createManyUsers(many, users);
  const created = (performance.now() - begin) / 1_000;
  const resident = residentMegabytes(server.pid);

  options.onStep('the first sign-ins of people');
  const work = signInCase.of(ten);
  const first = await measureWork(options, many, 'first sign-in', { ...work, bodies, eachOnce: true });

  options.onStep(`sign-in with ${users} users`);
  const signIn = await rounds({
    many: () => measureWork(options, many, signInCase.name, { ...work, bodies }),
    ten: () => measureWork(options, ten, signInCase.name, work),
  });
  await server.stop();
  const ready = await timeToReady(() => startLocalPool(folder), LOCAL_POOL.userPoolId);
  return { users, created, resident, first, signIn, ready };
}
