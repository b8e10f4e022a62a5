import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../../..');
const contract = join(root, 'tests/contract');

/** The Node.js that runs TypeScript as it is. */
const node = process.versions.node.startsWith('24.')
  ? process.execPath
  : join(root, 'node_modules/node/bin/node');

export interface LocalPoolChild {
  url: string;
  functionEvents: string;
  advance(seconds: number): Promise<void>;
  /** Ends the process and removes its folder. */
  close(): Promise<void>;
}

const running = new Set<ChildProcess>();
// A test run that is cut off must not leave a server behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts the local pool as a person would, on a free port and with a folder of its own.
 * @throws Error with what it wrote when it ends instead.
 */
export async function startLocalPoolChild(issuer: string): Promise<LocalPoolChild> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  const functionEvents = join(folder, 'function-events.jsonl');
  const flags = ['--port', '0', '--data', folder, '--handlers', join(contract, 'handlers')];
  const child = spawn(
    node,
    [
      '--import',
      join(contract, 'support/movable-clock.ts'),
      'local-pool/src/main.ts',
      ...flags,
      '--issuer',
      issuer,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, CONTRACT_FUNCTION_EVENTS: functionEvents },
    },
  );
  running.add(child);
  const ended = once(child, 'exit').then(() => running.delete(child));
  const url = await readAddress(child);
  return {
    url,
    functionEvents,
    async advance(seconds) {
      child.send({ advance: seconds * 1000 });
      await once(child, 'message');
    },
    async close() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

async function readAddress(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('The local pool has no output to read.');
  let complaints = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  for await (const line of createInterface(stdout)) {
    const url = /ready at (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`The local pool did not start:\n${complaints}`);
}
