import { isBuilt } from './lib/build.ts';
import { readEnvironment } from './lib/environment.ts';
import { startNext } from './lib/next-server.ts';
import { endOnInterrupt, requireFreePort, stop, untilStopped } from './lib/processes.ts';

endOnInterrupt();
const environment = readEnvironment({ standIn: false });
if (!isBuilt())
  stop('There is no build to serve: run `npm run build` first, or `npm start` for everything at once.');
await requireFreePort(environment.port);

startNext('start', environment);
await untilStopped();
