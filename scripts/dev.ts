import { readEnvironment } from './lib/environment.ts';
import { startLocalPool } from './lib/local-pool.ts';
import { bin, endOnInterrupt, isTaken, start, stop, untilStopped } from './lib/processes.ts';

endOnInterrupt();
const environment = readEnvironment({ standIn: true });
const { env, port, localPool } = environment;
// What stands in for a user pool has passwords that everybody knows: it is for this machine alone.
const hostname = localPool ? ['--hostname', 'localhost'] : [];
if (await isTaken(port))
  stop(`Port ${port} is taken by another program: end it, or set PORT to a free port.`);

await startLocalPool(environment);
start([bin('next', 'dist/bin/next'), 'dev', '--port', String(port), ...hostname], {
  ...env,
  NODE_ENV: 'development',
});
await untilStopped();
