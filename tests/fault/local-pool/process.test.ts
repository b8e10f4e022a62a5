import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type LocalPoolProcess,
  startLocalPoolProcess,
} from '../../integration/local-pool/local-pool-process.ts';

const folders: string[] = [];
const processes: LocalPoolProcess[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const running of processes.splice(0)) await running.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cabana-'));
  folders.push(folder);
  return folder;
}

async function start(folder = newFolder()): Promise<LocalPoolProcess> {
  const running = await startLocalPoolProcess(await freePort(), folder);
  processes.push(running);
  return running;
}

const userPoolId = 'us-east-1_Cabana001';
const basic = Buffer.from(
  'cabanaservice0000000000001:cabanalocalservicesecret000000000000000000000000001',
).toString('base64');

const clientToken = (url: string): Promise<number> =>
  fetch(`${url}/${userPoolId}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );

const signature = 'AWS4-HMAC-SHA256 Credential=local/x, SignedHeaders=host, Signature=00';

const administer = (url: string, operation: string, Username: string): Promise<number> =>
  fetch(url, {
    method: 'POST',
    headers: {
      authorization: signature,
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ UserPoolId: userPoolId, Username }),
  }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );

describe('the process of the local pool', () => {
  it('IF-07 still has every user whose creation it acknowledged before it was killed', async () => {
    const folder = newFolder();
    const running = await start(folder);
    const acknowledged: string[] = [];
    const lanes = Array.from({ length: 8 }, async (_, lane) => {
      for (let turn = 0; ; turn += 1) {
        const username = `person-${lane}-${turn}@example.com`;
        if ((await administer(running.url, 'AdminCreateUser', username)) !== 200) return;
        acknowledged.push(username);
      }
    });
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(100), { timeout: 10_000 });
    await running.kill();
    await Promise.all(lanes);
    const again = await start(folder);
    for (const username of acknowledged)
      expect(await administer(again.url, 'AdminGetUser', username), username).toBe(200);
  });

  it('IF-09 ends within ten seconds of SIGTERM under load, with exit code 0 and no broken answer', async () => {
    const running = await start();
    const statuses: number[] = [];
    let under = true;
    const lanes = Array.from({ length: 8 }, async () => {
      while (under) {
        const status = await clientToken(running.url);
        if (status === 0) return;
        statuses.push(status);
      }
    });
    await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(20), { timeout: 10_000 });
    const begin = Date.now();
    expect(await running.end()).toBe(0);
    expect(Date.now() - begin).toBeLessThan(10_000);
    under = false;
    await Promise.all(lanes);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('IF-09 works on both names of loopback and behind proxy settings that lead nowhere', async () => {
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy', 'ALL_PROXY'])
      vi.stubEnv(name, 'http://192.0.2.1:9');
    const running = await start();
    const port = new URL(running.url).port;
    for (const host of ['127.0.0.1', 'localhost'])
      expect(await clientToken(`http://${host}:${port}`)).toBe(200);
  });
});
