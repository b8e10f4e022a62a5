import { isBuilt } from './lib/build.ts';
import { readEnvironment } from './lib/environment.ts';
import { bin, endOnInterrupt, isTaken, start, stop, untilStopped } from './lib/processes.ts';

endOnInterrupt();
const { env, port } = readEnvironment({ standIn: false });
if (!isBuilt())
  stop('There is no build to serve: run `npm run build` first, or `npm start` for everything at once.');
if (await isTaken(port))
  stop(`Port ${port} is taken by another program: end it, or set PORT to a free port.`);

start([bin('next', 'dist/bin/next'), 'start', '--port', String(port)], { ...env, NODE_ENV: 'production' });
await untilStopped();
