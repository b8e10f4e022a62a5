import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostedPool, startHostedPool } from '../../integration/local-pool/hosted-ui/hosted-pool.ts';

const main = join(import.meta.dirname, '../../../local-pool/src/main.ts');

/** Runs the pool's program to its end, which it reaches by itself only when it refuses to start. */
async function run(
  flags: string[],
  environment: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [main, '--port', '0', ...flags], {
    env: { ...process.env, NODE_ENV: 'test', ...environment },
    timeout: 10_000,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout, stderr };
}

/** Whether something accepts connections there. */
function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

// 127.0.0.2 stands for every other address: what is bound to all of them answers there too.
const otherAddresses = [
  '127.0.0.2',
  ...Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address),
];

describe('where the local pool starts', () => {
  it('LP-01 NODE_ENV=production refuses with one sentence and exit 1', async () => {
    const { code, stdout, stderr } = await run([], { NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^[^\n]*NODE_ENV=production\.\n$/);
  });

  it.each(['--host', '--hostname', '--bind', '--listen', '--address', '-H'])(
    'LP-01 there is no flag %s for another host',
    async (flag) => {
      const { code, stdout, stderr } = await run([flag, '0.0.0.0'], {});
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toContain(`Unknown option '${flag}'`);
      expect(stderr).not.toMatch(/\n\s+at /);
    },
  );
});

describe('what the local pool listens on', () => {
  let pool: HostedPool;
  let port: number;
  const before = { HOST: process.env.HOST, HOSTNAME: process.env.HOSTNAME };

  beforeAll(async () => {
    process.env.HOST = '0.0.0.0';
    process.env.HOSTNAME = '0.0.0.0';
    pool = await startHostedPool();
    port = Number(new URL(pool.url).port);
  });
  afterAll(async () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await pool.close();
  });

  it('LP-01 127.0.0.1 is answered', async () => {
    expect(await accepts('127.0.0.1', port)).toBe(true);
  });

  it.each(otherAddresses)('LP-01 a connection to %s is refused', async (address) => {
    expect(await accepts(address, port)).toBe(false);
  });

  it.each(['192.0.2.7', 'rebound.example', 'localhost.example', 'localhost@rebound.example'])(
    'LP-01 a request for the host %s is refused with 403',
    async (host) => {
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1');
        let text = '';
        socket.on('data', (chunk) => {
          text += chunk;
        });
        socket.once('error', reject);
        socket.once('close', () => resolve(text));
        socket.end(`GET /inbox.json HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      });
      expect(answer).toMatch(/^HTTP\/1\.1 (403|400) /);
    },
  );
});
