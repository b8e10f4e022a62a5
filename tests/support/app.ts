import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/processes.ts';

export interface RunningApp {
  /** The origin that the application believes it has (`APP_URL`). */
  url: string;
  /** Where it listens: the same, unless the test plays a proxy that ends TLS in front of it. */
  address: string;
  /** What it was configured with, as `parseConfig` reads it. */
  environment: Record<string, string>;
  /** Everything it has written so far. */
  output(): string;
  /** Ends it by a signal, unless it has ended. @returns its exit code, null when the signal ended it */
  end(signal: NodeJS.Signals): Promise<number | null>;
  stop(): Promise<void>;
}

/** A machine's own `.env` must not reach a test: blank counts as unset, and Next.js overwrites nothing that is there. */
const blank = Object.fromEntries(
  [
    'COGNITO_USER_POOL_ID',
    'COGNITO_CLIENT_ID',
    'COGNITO_CLIENT_SECRET',
    'COGNITO_DOMAIN',
    'COGNITO_ISSUER',
    'COGNITO_API_CLIENT_IDS',
    'COGNITO_SERVICE_CLIENT_ID',
    'COGNITO_SERVICE_CLIENT_SECRET',
    'COGNITO_IDENTITY_POOL_ID',
    'AWS_ENDPOINT_URL_COGNITO_IDENTITY',
    'DOWNSTREAM_URL',
    'DOWNSTREAM_SCOPES',
    'LOCAL_POOL_URL',
    'SESSION_DAYS',
    'DATABASE_URL',
    'TRUSTED_PROXIES',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ].map((name) => [name, '']),
);

/** Random, because a sample is refused. */
export const randomSecret = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

const pinnedNode = process.versions.node.startsWith('24.')
  ? process.execPath
  : join(root, 'node_modules', 'node', 'bin', 'node');

export async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const running = new Set<ChildProcess>();
// A test run that is cut off must not leave a server behind.
process.once('exit', () => {
  for (const child of running) child.kill();
});

/** Starts `next start` with these variables and little else, without waiting for it. */
export function spawnApp(port: number, environment: Record<string, string>) {
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  // A registry of its own, for an application that is not told of another.
  const data = mkdtempSync(join(tmpdir(), 'cabana-app-'));
  const child = spawn(pinnedNode, [next, 'start', '--port', String(port)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      ...blank,
      DATABASE_FILE: join(data, 'registry.sqlite'),
      ...environment,
    },
  });
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    rmSync(data, { recursive: true, force: true });
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return { child, output: () => output };
}

/**
 * Starts the built application and waits until it answers.
 * @param environment its configuration; `APP_URL` and `SESSION_SECRET` are filled in when they are missing
 * @param ownPort where it listens; by default on a free port
 * @throws Error with its output when it ends instead
 */
export async function startApp(environment: Record<string, string>, ownPort?: number): Promise<RunningApp> {
  const port = ownPort ?? (await freePort());
  const address = `http://localhost:${port}`;
  const full = {
    APP_URL: address,
    SESSION_SECRET: randomSecret(),
    ALLOW_INSECURE_USER_POOL: 'true',
    ...environment,
  };
  const { child, output } = spawnApp(port, full);
  for (let answered = false; !answered; ) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The application did not start:\n${output()}`);
    answered = await fetch(`${address}/api/ready`).then(
      () => true,
      () => new Promise((resolve) => setTimeout(() => resolve(false), 25)),
    );
  }
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  }
  return {
    url: new URL(full.APP_URL).origin,
    address,
    environment: full,
    output,
    end,
    stop: async () => void (await end('SIGTERM')),
  };
}
