import type { ChildProcess } from 'node:child_process';
import type { Environment } from './environment.ts';
import { bin, start } from './processes.ts';

/** Starts the built application, or with `dev` the one that reloads. */
export function startNext(command: 'start' | 'dev', { env, port, localPool }: Environment): ChildProcess {
  // What stands in for a user pool has passwords that everybody knows: it is for this machine alone.
  const hostname = localPool ? ['--hostname', 'localhost'] : [];
  return start([bin('next', 'dist/bin/next'), command, '--port', String(port), ...hostname], {
    ...env,
    NODE_ENV: command === 'dev' ? 'development' : 'production',
  });
}
