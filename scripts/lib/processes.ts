import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';

export const root = dirname(dirname(import.meta.dirname));

const running = new Set<ChildProcess>();

async function endAll(): Promise<void> {
  const ends = [...running].map((child) => {
    child.kill('SIGTERM');
    return once(child, 'exit');
  });
  await Promise.all(ends);
}

let interrupted = false;

/**
 * For programs that Ctrl-C is the way to end: at any time, it ends what they started and is a success. From a terminal
 * the signal comes twice, by the process group and from the program that started this one.
 */
export function endOnInterrupt(): void {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      interrupted = true;
      void endAll().then(() => process.exit(0));
    });
  }
}

/** Ends the program with one sentence for its reader. */
export function stop(sentence: string): never {
  if (interrupted) process.exit(0);
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

export const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** @returns whether something listens on a port of this machine */
export async function isTaken(port: number): Promise<boolean> {
  const tries = ['127.0.0.1', '::1'].map(
    (host) =>
      new Promise<boolean>((resolve) => {
        const socket = connect({ port, host });
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
        socket.once('close', () => socket.destroy());
        socket.once('connect', () => socket.end());
      }),
  );
  return (await Promise.all(tries)).includes(true);
}

/** Stops with one sentence when something listens where the application is to listen. */
export async function requireFreePort(port: number): Promise<void> {
  if (await isTaken(port))
    stop(`Port ${port} is taken by another program: end it, or set PORT to a free port.`);
}

/** Waits until an address answers with a status below 500. */
export async function untilAnswers(url: string, child: ChildProcess, seconds = 60): Promise<boolean> {
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end && child.exitCode === null) {
    const response = await fetch(url).catch(() => undefined);
    if (response && response.status < 500) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** Starts a program under the pinned Node.js that ends with this one. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Runs a program under the pinned Node.js to its end. @returns its exit code */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const [code] = (await once(start(args, env), 'exit')) as [number | null];
  return code ?? 1;
}

/** The file behind a command of an installed package. */
export const bin = (packageName: string, file: string): string =>
  join(root, 'node_modules', packageName, file);

/** Until one of the programs ends by itself; then ends the others. */
export async function untilStopped(): Promise<never> {
  await Promise.race([...running].map((child) => once(child, 'exit')));
  await endAll();
  process.exit(interrupted ? 0 : 1);
}
