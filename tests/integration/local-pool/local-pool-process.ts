import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root, untilAnswers } from '../../../scripts/lib/processes.ts';

export interface LocalPoolProcess {
  url: string;
  /** Ends it without a chance to tidy up: SIGKILL. */
  kill(): Promise<void>;
  /** Ends it politely. @returns the exit code */
  end(): Promise<number | null>;
}

/** The Node.js that runs TypeScript as it is. */
export const node = process.versions.node.startsWith('24.')
  ? process.execPath
  : join(root, 'node_modules', 'node', 'bin', 'node');

const running = new Set<ChildProcess>();
// A test run that is cut off must not leave a server behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts `node local-pool/src/main.ts` as a person would, and waits until it answers.
 * @throws Error with what it wrote when it ends instead
 */
export async function startLocalPoolProcess(
  port: number,
  data: string,
  moreFlags: string[] = [],
): Promise<LocalPoolProcess> {
  const flags = ['--port', String(port), '--data', data, ...moreFlags];
  const child = spawn(node, ['local-pool/src/main.ts', ...flags], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const url = `http://localhost:${port}`;
  if (!(await untilAnswers(`${url}/inbox.json`, child, 20)))
    throw new Error(`The local pool did not start:\n${complaints}`);

  async function endWith(signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  }
  return {
    url,
    async kill() {
      await endWith('SIGKILL');
    },
    end: () => endWith('SIGTERM'),
  };
}
