import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface ServerProcess {
  pid: number;
  port: number;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();

/**
 * Starts a server as a process of its own and waits for the line in which it names its port.
 * @param port finds the port in what the server has printed, as its first group
 * @throws Error with the server's own words when it ends before
 */
export async function startServer(
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
  port: RegExp,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const chosen = await new Promise<number>((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer) => {
      printed += chunk;
      const found = port.exec(printed)?.[1];
      if (!found) return;
      resolve(Number(found));
      // Read on, or the server would wait for its reader; kept no longer.
      for (const stream of [child.stdout, child.stderr]) stream.off('data', read).resume();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`${args[0]} did not start: ${printed.trim()}`)));
  });
  return { pid: child.pid ?? 0, port: chosen, stop: () => end(child) };
}

/** Ends every server that still runs. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map(end));
}

async function end(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Megabytes (10^6 bytes) of a process that are in memory: `VmRSS` of Linux. */
export function residentMegabytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (!kibibytes) throw new Error(`/proc/${pid}/status names no resident memory`);
  return (Number(kibibytes) * 1_024) / 1e6;
}

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has used: `utime` and `stime` of Linux. */
export function processorSeconds(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(afterName[11]) + Number(afterName[12])) / TICKS_PER_SECOND;
}
