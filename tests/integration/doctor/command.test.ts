import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type RunningLocalPool, startLocalPool } from '../../../local-pool/src/start.ts';
import { root } from '../../../scripts/lib/processes.ts';
import { freePort, randomSecret } from '../../support/app.ts';
import { realUserPool } from '../../support/configuration.ts';
import { node } from '../local-pool/local-pool-process.ts';

// Each starts a process of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const port = 3_210;
const secret = randomSecret();
let pool: RunningLocalPool;
let folder: string;
beforeAll(async () => {
  pool = await startLocalPool({ port: 0, parameters: { AppUrl: `http://localhost:${port}` } });
  folder = mkdtempSync(join(tmpdir(), 'cabana-doctor-'));
});
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command to its end. A machine's own `.env` does not reach it: what is set is not overwritten. */
async function doctor(variables: Record<string, string>, flags: string[] = []) {
  const child = spawn(node, [join(root, 'scripts/doctor.ts'), ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      NODE_ENV: 'test',
      ...Object.fromEntries(Object.keys(realUserPool).map((name) => [name, ''])),
      COGNITO_ISSUER: '',
      COGNITO_API_CLIENT_IDS: '',
      DATABASE_URL: '',
      SESSION_DAYS: '',
      PORT: String(port),
      SESSION_SECRET: secret,
      DATABASE_FILE: join(folder, 'registry.sqlite'),
      LOCAL_POOL_PORT: new URL(pool.url).port,
      ...variables,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

it('npm start’s own configuration is sound: a line for each check, and exit 0', async () => {
  const { code, stdout, stderr } = await doctor({});
  expect(stderr).toBe('');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.slice(0, -2).every((line) => /^ok {7}[a-zA-Z -]+: \S/.test(line))).toBe(true);
  expect(lines.slice(0, -2)).toHaveLength(15);
  expect(lines.at(-1)).toBe('0 problems, 0 warnings');
  expect(code).toBe(0);
});

it('warnings leave the exit code at 0', async () => {
  const { code, stdout } = await doctor({ SESSION_DAYS: '60' });
  expect(stdout).toMatch(/^warning {2}refresh token validity: 30 days, and SESSION_DAYS is 60/m);
  expect(stdout).toMatch(/0 problems, 1 warning\n$/);
  expect(code).toBe(0);
});

const report = z.object({
  problems: z.number(),
  warnings: z.number(),
  findings: z.array(
    z.object({ check: z.string(), verdict: z.string(), found: z.string(), advice: z.string().optional() }),
  ),
});

it('--json says the same to a machine, problems are exit 1, and no secret is printed', async () => {
  const { code, stdout, stderr } = await doctor({ PORT: String(port + 1) }, ['--json']);
  expect(code).toBe(1);
  const { problems, warnings, findings } = report.parse(JSON.parse(stdout));
  expect({ problems, warnings }).toEqual({ problems: 2, warnings: 0 });
  expect(findings.filter(({ verdict }) => verdict === 'problem').map(({ check }) => check)).toEqual([
    'sign-in',
    'registered URLs',
  ]);
  for (const hidden of [secret, 'cabanalocalwebsecret']) expect(stdout + stderr).not.toContain(hidden);
});

it('a local pool that is not running is said to be missing', async () => {
  const { code, stdout } = await doctor({ LOCAL_POOL_PORT: String(await freePort()) });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^problem {2}user pool: .* Run `npm run pool`\.$/m);
});

it('IF-10 a configuration that is wrong is reported whole, without a value, and nothing is asked of anybody', async () => {
  const wrong = {
    COGNITO_USER_POOL_ID: 'no pool',
    COGNITO_CLIENT_SECRET: 'tooShort',
    SESSION_DAYS: 'thirty',
  };
  const { code, stdout } = await doctor(wrong);
  expect(code).toBe(1);
  for (const name of [...Object.keys(wrong), 'COGNITO_CLIENT_ID', 'COGNITO_DOMAIN'])
    expect(stdout).toMatch(new RegExp(`^problem {2}configuration: ${name} `, 'm'));
  for (const value of Object.values(wrong)) expect(stdout).not.toContain(value);
  expect(stdout).toMatch(/\n[5-9] problems, 0 warnings\n$/);
});

it('an unknown flag is answered with the known ones', async () => {
  expect(await doctor({}, ['--yaml'])).toEqual({ code: 1, stdout: '', stderr: 'Flags: --json\n' });
});
