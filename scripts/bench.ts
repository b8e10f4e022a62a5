import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bench } from '../tests/bench/bench.ts';
import { installPeer, peerVersion } from '../tests/bench/cognito-local.ts';
import { report } from '../tests/bench/report.ts';
import { stopAll } from '../tests/bench/server-process.ts';
import { hangUp } from '../tests/bench/target.ts';
import { say, stop } from './lib/processes.ts';

const CONNECTIONS = 8;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    users: { type: 'string', default: '100000' },
  },
});

const seconds = Number(values.seconds);
const users = Number(values.users);
if (!(seconds > 0) || !Number.isInteger(users) || users < 1)
  stop('Flags: --seconds N (of measuring each case, 8)  --users N (how many are many, 100000)');

const folder = mkdtempSync(join(tmpdir(), 'cabana-bench-'));

async function cleanUp(): Promise<void> {
  hangUp();
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => void cleanUp().then(() => process.exit(1)));
}

/** For a person who waits; a file or a pipe gets the table alone. */
function showStep(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${step} …`);
}

try {
  showStep('installing cognito-local');
  installPeer();
  const results = await bench({
    folder,
    connections: CONNECTIONS,
    seconds,
    users,
    onStep: showStep,
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  say(report(results, peerVersion, CONNECTIONS));
} catch (error) {
  process.stderr.write(`Nothing was measured: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
