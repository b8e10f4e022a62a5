import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../lib/config.ts';
import { openDatabase } from '../../../lib/data/database.ts';
import { database } from '../../../scripts/doctor/checks/database.ts';
import { sessionSecret } from '../../../scripts/doctor/checks/session-secret.ts';
import { randomSecret } from '../../support/app.ts';
import { httpsConfiguration, loopbackConfiguration, realUserPool } from '../../support/configuration.ts';
import { engines } from '../registry/databases.ts';

describe.each(engines)('the registry on $name', ({ missing, start }) => {
  if (missing) return it.skip(`is not tested: ${missing}`);

  let databases: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    databases = await start();
  });
  afterAll(() => databases.close());

  it('is not brought up to date by the doctor, who says what is ahead', async () => {
    const location = await databases.location();
    const config = { ...loopbackConfiguration(), database: location };
    if (location.kind === 'sqlite') writeFileSync(location.file, '');
    for (const _ of ['once', 'again'])
      expect(await database.examine(config)).toMatchObject({
        verdict: 'ok',
        found: expect.stringMatching(/brings its tables up to date \(001-sessions/),
      });
    expect(await databases.open(location).reachable()).toBe(true);
    expect(await database.examine(config)).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(/tables are up to date$/),
    });
  });
});

describe('a database that cannot be used', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cabana-doctor-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('a file that is no database is a problem', async () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'not a database, and long enough to be read as the head of one\n'.repeat(20));
    expect(await database.examine(parseConfig({ ...realUserPool, DATABASE_FILE: file }))).toMatchObject({
      verdict: 'problem',
      found: `the file ${file} cannot be read (file is not a database)`,
    });
  });

  it('a Postgres that does not answer is a problem, and its address stays unsaid', async () => {
    const DATABASE_URL = 'postgres://somebody:hidden@127.0.0.1:1/nowhere';
    expect(await database.examine(parseConfig({ ...realUserPool, DATABASE_URL }))).toEqual({
      verdict: 'problem',
      found: 'the Postgres of DATABASE_URL cannot be read (ECONNREFUSED)',
      advice: expect.any(String),
    });
  });

  it('a file that is not there is not made', async () => {
    const location = { kind: 'sqlite', file: join(folder, 'new.sqlite') } as const;
    const config = { ...loopbackConfiguration(), database: location };
    const before = await database.examine(config);
    expect(before).toMatchObject({
      verdict: 'ok',
      found: expect.stringContaining('made at the first sign-in'),
    });
    expect(before.found).toContain('several need one Postgres');
    expect(await database.examine(config)).toEqual(before);
    const opened = openDatabase(location);
    await opened.reachable();
    await opened.close();
    expect(await database.examine(config)).not.toEqual(before);
  });
});

describe('the session secret', () => {
  it('one password, and the prefix of an https address', async () => {
    const { verdict, found } = await sessionSecret.examine(httpsConfiguration());
    expect(verdict).toBe('ok');
    expect(found).toBe('one password; cookies are Secure and named __Host-…');
  });

  it('two passwords are counted, and none is printed', async () => {
    const secrets = [randomSecret(), randomSecret()];
    const SESSION_SECRET = `3:${secrets[0]},2:${secrets[1]}`;
    const { found } = await sessionSecret.examine(
      parseConfig({ ...realUserPool, APP_URL: 'http://localhost:3000', SESSION_SECRET }),
    );
    expect(found).toMatch(/^2 passwords, of which number 3 seals and all open; cookies have plain names/);
    for (const secret of secrets) expect(found).not.toContain(secret);
  });
});
