import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/processes.ts';
import { node } from './local-pool-process.ts';

const parent = mkdtempSync(join(tmpdir(), 'local-pool-'));
writeFileSync(join(parent, 'file'), '');
mkdirSync(join(parent, 'text'));
writeFileSync(join(parent, 'text', 'local-pool.sqlite'), 'no database '.repeat(20));
afterAll(() => rmSync(parent, { recursive: true }));

function start(flags: string[], variables: Record<string, string> = {}) {
  const { status, stderr } = spawnSync(node, ['local-pool/src/main.ts', ...flags], {
    cwd: root,
    encoding: 'utf8',
    timeout: 10_000,
    env: { ...process.env, ...variables },
  });
  return { status, lines: stderr.trimEnd().split('\n') };
}

const inData = (name: string): string[] => ['--port', '0', '--data', join(parent, name)];

describe('a start that cannot succeed', () => {
  it.each([
    ['a port that there is not', ['--port', '70000'], '--port takes a whole number from 0 to 65535.'],
    ['a lifetime of nothing', ['--access-token-validity', '0'], 'a whole number from 1 to 86400.'],
    ['an issuer that there is not', ['--issuer', 'mine'], '--issuer takes local or aws.'],
    ['an unknown flag', ['--bogus'], "Unknown option '--bogus'"],
    ['a parameter without a value', ['--parameter', 'AppUrl'], '--parameter takes Name=Value.'],
    ['a parameter of no template', [...inData('a'), '--parameter', 'Nope=1'], 'Parameters.Nope'],
    ['a data folder that is a file', inData('file'), join(parent, 'file')],
    ['a store that is no database', inData('text'), 'file is not a database'],
    ['a template that is not there', [...inData('b'), '--template', 'nowhere.yaml'], 'nowhere.yaml'],
  ])('ends with exit code 1 and one line: %s', (_, flags, words) => {
    const { status, lines } = start(flags);
    expect(lines).toEqual([expect.stringContaining(words)]);
    expect(status).toBe(1);
  });

  it('LP-01 ends at once in production', () => {
    const { status, lines } = start(inData('c'), { NODE_ENV: 'production' });
    expect(lines).toEqual([expect.stringContaining('NODE_ENV=production')]);
    expect(status).toBe(1);
  });
});
