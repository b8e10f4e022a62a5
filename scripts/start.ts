import { buildWhenStale } from './lib/build.ts';
import { readEnvironment } from './lib/environment.ts';
import { demonstrationUsers, startLocalPool } from './lib/local-pool.ts';
import { startNext } from './lib/next-server.ts';
import { endOnInterrupt, requireFreePort, say, stop, untilAnswers, untilStopped } from './lib/processes.ts';

endOnInterrupt();
const environment = readEnvironment({ standIn: true });
const { port, config, localPool } = environment;
await requireFreePort(port);

await startLocalPool(environment);
await buildWhenStale();
const app = startNext('start', environment);
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
