import { buildWhenStale } from './lib/build.ts';
import { readEnvironment } from './lib/environment.ts';
import { demonstrationUsers, startLocalPool } from './lib/local-pool.ts';
import {
  bin,
  endOnInterrupt,
  isTaken,
  say,
  start,
  stop,
  untilAnswers,
  untilStopped,
} from './lib/processes.ts';

endOnInterrupt();
const environment = readEnvironment({ standIn: true });
const { env, port, config, localPool } = environment;
// What stands in for a user pool has passwords that everybody knows: it is for this machine alone.
const hostname = localPool ? ['--hostname', 'localhost'] : [];
if (await isTaken(port))
  stop(`Port ${port} is taken by another program: end it, or set PORT to a free port.`);

await startLocalPool(environment);
await buildWhenStale();
const app = start([bin('next', 'dist/bin/next'), 'start', '--port', String(port), ...hostname], {
  ...env,
  NODE_ENV: 'production',
});
if (!(await untilAnswers(`http://localhost:${port}/api/health`, app)))
  stop('The application did not start; the reason is above.');

say(`\nCabana is ready at ${config.appUrl.origin}`);
if (localPool) {
  say(`\nSign in through the local pool (${localPool.url}) as one of:`);
  for (const line of demonstrationUsers()) say(line);
  say(`\nCodes that it would send by e-mail: ${localPool.url}/inbox`);
}
say('\nCtrl-C ends everything.');
await untilStopped();
