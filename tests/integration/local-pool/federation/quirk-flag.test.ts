import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const main = join(import.meta.dirname, '../../../../local-pool/src/main.ts');

it('--quirk refuses a quirk that there is not, in one sentence', async () => {
  const child = spawn(process.execPath, [main, '--port', '0', '--quirk', 'lost-cookies'], {
    env: { ...process.env, NODE_ENV: 'test' },
    timeout: 10_000,
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(1);
  expect(stderr).toMatch(/^--quirk takes leaked-nonce\. [^\n]*\n$/);
});
