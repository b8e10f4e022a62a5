import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchApplication } from '../tests/bench/application/bench.ts';
import { applicationReport } from '../tests/bench/application/report.ts';
import { bench } from '../tests/bench/bench.ts';
import { installPeer, peerVersion } from '../tests/bench/cognito-local.ts';
import { benchNotes } from '../tests/bench/notes/bench.ts';
import { notesReport } from '../tests/bench/notes/report.ts';
import { report } from '../tests/bench/report.ts';
import { stopAll } from '../tests/bench/server-process.ts';
import { hangUp } from '../tests/bench/target.ts';
import { say, stop } from './lib/processes.ts';

const CONNECTIONS = 8;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '8' },
    users: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '10' },
  },
});

const { only } = values;
const seconds = Number(values.seconds);
const users = Number(values.users);
const minutes = Number(values.minutes);
const parts = ['local-pool', 'application', 'notes'];
const known = only === undefined || parts.includes(only);
if (!known || !(seconds > 0) || !Number.isInteger(users) || users < 1 || !(minutes > 0))
  stop(
    'Flags: --only local-pool|application|notes (all)  --seconds N (of measuring each case, 8)  ' +
      '--users N (how many are many, 100000)  --minutes N (of steady load, 10)',
  );

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

function sayResults(text: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  say(text);
}

const options = { folder, connections: CONNECTIONS, seconds, onStep: showStep };

try {
  const wanted = (part: string) => only === undefined || only === part;
  if (wanted('local-pool')) {
    showStep('installing cognito-local');
    installPeer();
    sayResults(report(await bench({ ...options, users }), peerVersion, CONNECTIONS));
  }
  if (wanted('application')) {
    const own = { ...options, folder: join(folder, 'application'), minutes };
    sayResults(applicationReport(await benchApplication(own)));
  }
  if (wanted('notes')) sayResults(notesReport(await benchNotes(options)));
} catch (error) {
  process.stderr.write(`Nothing was measured: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
