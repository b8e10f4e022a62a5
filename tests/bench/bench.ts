import { mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { seedCognitoLocal, startCognitoLocal, untilWritten } from './cognito-local.ts';
import { LOCAL_POOL, startLocalPool } from './local-pool.ts';
import { type MeasureOptions, measureCases } from './measure-cases.ts';
import { measureManyUsers } from './measure-many-users.ts';
import { timeToReady } from './ready.ts';
import type { Results } from './results.ts';

export interface BenchOptions extends MeasureOptions {
  /** An empty folder for all that the servers keep. */
  folder: string;
  users: number;
}

/** Measures everything in one run. @throws Error when something cannot be measured */
export async function bench(options: BenchOptions): Promise<Results> {
  const [loadBefore = Number.NaN] = loadavg();
  const folderOf = (name: string): string => {
    const folder = join(options.folder, name);
    mkdirSync(folder);
    return folder;
  };
  const localPoolFolder = folderOf('local-pool');
  const cognitoLocalFolder = folderOf('cognito-local');

  const firstPool = await startLocalPool(localPoolFolder);
  await firstPool.stop();
  const firstPeer = await startCognitoLocal(cognitoLocalFolder);
  const cognitoLocal = await seedCognitoLocal(firstPeer);
  await untilWritten(cognitoLocalFolder, cognitoLocal.userPoolId);
  await firstPeer.stop();

  options.onStep('time to ready');
  const ready = {
    localPool: await timeToReady(() => startLocalPool(localPoolFolder), LOCAL_POOL.userPoolId),
    cognitoLocal: await timeToReady(() => startCognitoLocal(cognitoLocalFolder), cognitoLocal.userPoolId),
  };

  const pool = { ...LOCAL_POOL, ...(await startLocalPool(localPoolFolder)) };
  const peer = { ...cognitoLocal, ...(await startCognitoLocal(cognitoLocalFolder)) };
  const cases = await measureCases(options, pool, peer);
  await peer.stop();

  const many = await measureManyUsers(options, folderOf('many-users'), options.users, pool);
  await pool.stop();
  return { loadBefore, cases, ready, many };
}
