import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startLocalPool } from '../../../local-pool/src/start.ts';
import { root } from '../../../scripts/lib/processes.ts';
import {
  newUserPool,
  refusal,
  startConfigurationApi,
} from '../../integration/local-pool/api-configuration/configuration-api.ts';
import { node, startLocalPoolProcess } from '../../integration/local-pool/local-pool-process.ts';
import { freePort } from '../../support/app.ts';

const folder = mkdtempSync(join(tmpdir(), 'cabana-'));
writeFileSync(join(folder, 'file'), '');
afterAll(() => rmSync(folder, { recursive: true }));

const start = (data: string) => {
  const flags = ['local-pool/src/main.ts', '--port', '0', '--data', data];
  const { status, stderr } = spawnSync(node, flags, { cwd: root, encoding: 'utf8', timeout: 10_000 });
  return { status, lines: stderr.trimEnd().split('\n') };
};

describe('a store that another process has', () => {
  it('IF-07 is refused to a second one in one sentence, and free again when the first is killed', async () => {
    const data = join(folder, 'shared');
    const first = await startLocalPoolProcess(await freePort(), data);
    try {
      const { status, lines } = start(data);
      expect(lines).toEqual([
        `Another local pool is running on the store in ${data}: end it, or pass another --data folder.`,
      ]);
      expect(status).toBe(1);
      expect((await fetch(`${first.url}/us-east-1_Cabana001/.well-known/jwks.json`)).status).toBe(200);
    } finally {
      await first.kill();
    }
    const third = await startLocalPoolProcess(await freePort(), data);
    expect(await third.end()).toBe(0);
  });

  it('IF-07 is refused within one process too', async () => {
    const dataDir = join(folder, 'twice');
    const first = await startLocalPool({ port: 0, dataDir });
    await expect(startLocalPool({ port: 0, dataDir })).rejects.toThrow('Another local pool is running');
    await first.close();
  });
});

describe('a data folder that cannot be', () => {
  it.each(['/proc/x', '/proc/x/y', join(folder, 'file'), join(folder, 'file', 'x')])(
    'IF-07 ends the start at once with one sentence: %s',
    (data) => {
      const { status, lines } = start(data);
      expect(lines).toEqual([expect.stringContaining(`The store in ${data} cannot be opened: `)]);
      expect(status).toBe(1);
    },
  );
});

describe('a disk that is full', () => {
  it('IF-07 acknowledges nothing that it did not store, and keeps what it had', async () => {
    const dataDir = join(folder, 'full');
    const server = await startConfigurationApi({ dataDir });
    const { Id: UserPoolId } = await newUserPool(server);
    const { page_count } = server.pool.store.sql('PRAGMA page_count').get() ?? {};
    server.pool.store.sql(`PRAGMA max_page_count = ${Number(page_count)}`).get();

    const acknowledged: string[] = [];
    let failure = '';
    for (let count = 0; failure === '' && count < 1000; count += 1) {
      const GroupName = `group-${count}`;
      const answer = await refusal(
        server.api.createGroup({ UserPoolId, GroupName, Description: 'x'.repeat(2_000) }),
      );
      if (answer === 'no refusal') acknowledged.push(GroupName);
      else failure = answer;
    }
    expect(failure).toBe('InternalErrorException: Something went wrong');
    const poolFailure = await refusal(newUserPool(server, { PoolName: 'x'.repeat(128) }));
    const pools = server.pool.userPools().length;
    await server.close();

    const after = await startConfigurationApi({ dataDir });
    const { Groups = [] } = await after.api.listGroups({ UserPoolId, Limit: 60 });
    expect(Groups.map(({ GroupName }) => GroupName).sort()).toEqual(acknowledged.sort());
    expect(poolFailure).toBe('InternalErrorException: Something went wrong');
    expect(after.pool.userPools()).toHaveLength(pools);
    await after.close();
  });
});
