import { join } from 'node:path';
import { type ServerProcess, startServer } from './server-process.ts';
import type { Emulator } from './target.ts';

const root = join(import.meta.dirname, '../..');

/** Starts the local pool on a data folder, with the ten people. @param dataDir its users stay from start to start */
export function startLocalPool(dataDir: string): Promise<ServerProcess> {
  return startServer(
    [
      join(root, 'local-pool/src/main.ts'),
      '--port=0',
      `--data=${dataDir}`,
      `--template=${join(import.meta.dirname, 'template.yaml')}`,
      `--users=${join(import.meta.dirname, 'users.yaml')}`,
    ],
    { cwd: root },
    /ready at http:\/\/localhost:(\d+)\n/,
  );
}

/** What the template makes. */
export const LOCAL_POOL: Emulator = {
  name: 'the local pool',
  userPoolId: 'us-east-1_Bench0001',
  clientId: 'bench00000000000000000public',
  service: {
    clientId: 'bench0000000000000000service',
    clientSecret: 'benchservicesecret000000000000000000000000000000001',
    scope: 'notes/read',
  },
};
