import { readEnvironment } from './lib/environment.ts';
import { startLocalPool } from './lib/local-pool.ts';
import { startNext } from './lib/next-server.ts';
import { endOnInterrupt, requireFreePort, untilStopped } from './lib/processes.ts';

endOnInterrupt();
const environment = readEnvironment({ standIn: true });
await requireFreePort(environment.port);

await startLocalPool(environment);
startNext('dev', environment);
await untilStopped();
