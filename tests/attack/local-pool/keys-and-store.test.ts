import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalPool, startLocalPool } from '../../../local-pool/src/start.ts';
import { userPoolId } from '../../integration/local-pool/hosted-ui/hosted-pool.ts';

const root = join(import.meta.dirname, '../../..');
const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' });
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

interface Key {
  kid: string;
  n: string;
}

async function keysOf(pool: RunningLocalPool): Promise<Key[]> {
  const response = await fetch(`${pool.url}/${userPoolId}/.well-known/jwks.json`);
  return ((await response.json()) as { keys: Key[] }).keys;
}

describe('keys and store of an install', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cabana-'));
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  let first: RunningLocalPool;
  let second: RunningLocalPool;

  beforeAll(async () => {
    const umask = process.umask(0);
    try {
      first = await startLocalPool({ port: 0, dataDir: one });
      second = await startLocalPool({ port: 0, dataDir: two });
    } finally {
      process.umask(umask);
    }
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
    rmSync(folder, { recursive: true });
  });

  it('LP-02 two installs have different keys', async () => {
    const keys = [...(await keysOf(first)), ...(await keysOf(second))];
    expect(keys).toHaveLength(4);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(4);
    expect(new Set(keys.map(({ n }) => n)).size).toBe(4);
  });

  it('LP-02 a second start of the same install keeps its keys', async () => {
    const before = await keysOf(first);
    await first.close();
    first = await startLocalPool({ port: 0, dataDir: one });
    expect(await keysOf(first)).toEqual(before);
  });

  it('LP-02 the published keys hold no private part', async () => {
    for (const key of await keysOf(first)) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    }
  });

  it('LP-02 the folder is 0700 even without a umask', () => {
    expect(modeOf(one)).toBe('700');
  });

  it('LP-02 the store is 0600 even without a umask, its write-ahead log too', () => {
    const files = readdirSync(one).filter((name) => name.startsWith('local-pool.sqlite'));
    expect(files).toContain('local-pool.sqlite-wal');
    for (const name of files) expect([name, modeOf(join(one, name))]).toEqual([name, '600']);
  });

  it('LP-02 a store that became readable for others is closed to them at the next start', async () => {
    const open = mkdtempSync(join(folder, 'open-'));
    writeFileSync(join(open, 'local-pool.sqlite'), '');
    chmodSync(join(open, 'local-pool.sqlite'), 0o644);
    const pool = await startLocalPool({ port: 0, dataDir: open });
    await pool.close();
    expect(modeOf(join(open, 'local-pool.sqlite'))).toBe('600');
  });
});

describe('the repository', () => {
  it('LP-02 holds no key file and no store', () => {
    const files = git('ls-files').split('\n');
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((name) => /\.(sqlite|sqlite-\w+|db|pem|key|p12|pfx|jks)$/i.test(name))).toEqual([]);
    expect(files.filter((name) => name.startsWith('.local-pool/'))).toEqual([]);
  });

  it('LP-02 holds no private key in any file', () => {
    const found = (pattern: string) => {
      try {
        return git('grep', '-lIE', '-e', pattern);
      } catch {
        return '';
      }
    };
    expect(found('"modulusLength"|modulusLength:')).not.toBe('');
    expect(found(`${'-'.repeat(5)}BEGIN [A-Z ]*PRIVATE KEY${'-'.repeat(5)}`)).toBe('');
    expect(found('"?\\bd"?: *["\'][A-Za-z0-9_-]{40,}')).toBe('');
  });

  it('LP-02 ignores .local-pool', () => {
    expect(git('check-ignore', '.local-pool/local-pool.sqlite').trim()).toBe('.local-pool/local-pool.sqlite');
  });
});
