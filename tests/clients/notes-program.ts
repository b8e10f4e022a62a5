import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { root } from '../../scripts/lib/processes.ts';

export interface Ended {
  code: number | null;
  /** What it printed as its result, and what it said besides. */
  stdout: string;
  stderr: string;
}

/** A run of the program that has not ended. */
export interface Run {
  /** What it has said so far. */
  said(): string;
  /** Types a line. */
  type(line: string): void;
  ended: Promise<Ended>;
}

/** The command-line client, as somebody with a home of their own uses it. */
export interface NotesProgram {
  /** Where it keeps tokens. */
  file: string;
  start(...args: string[]): Run;
  /** @param typed what is piped in */
  run(args: string[], typed?: string): Promise<Ended>;
  /** The address that it has opened the system's browser with. */
  openedAddress(): Promise<string>;
  readFile(): Record<string, string | number>;
  /** Changes members of the file. */
  change(members: Record<string, string | number>): void;
  remove(): void;
}

function openedBy(folder: string): () => Promise<string> {
  const record = join(folder, 'opened');
  const command = join(folder, 'bin', process.platform === 'darwin' ? 'open' : 'xdg-open');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(command, `#!/bin/sh\nprintf '%s\\n' "$1" > '${record}'\n`);
  chmodSync(command, 0o755);
  const read = (): string => readFileSync(record, { encoding: 'utf8', flag: 'a+' });
  return async () => {
    await expect.poll(read, { timeout: 20_000 }).toContain('\n');
    const address = read().trim();
    rmSync(record);
    return address;
  };
}

export function notesProgram(): NotesProgram {
  const folder = mkdtempSync(join(tmpdir(), 'cabana-notes-'));
  const openedAddress = openedBy(folder);
  const file = join(folder, 'config', 'cabana', 'notes.json');
  const env = {
    NODE_ENV: 'test' as const,
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
  };

  function start(...args: string[]): Run & { child: ChildProcessWithoutNullStreams } {
    const child = spawn(process.execPath, [join(root, 'scripts/notes.ts'), ...args], { env });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    // It may end without having read what is typed.
    child.stdin.on('error', () => {});
    const ended = Promise.all([once(child, 'close'), text(child.stdout)]).then(([[code], stdout]) => ({
      code: code as number | null,
      stdout,
      stderr: said,
    }));
    return { child, said: () => said, type: (line) => void child.stdin.write(`${line}\n`), ended };
  }

  const readTokens = () => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string | number>;
  return {
    file,
    openedAddress,
    start,
    async run(args, typed = '') {
      const { child, ended } = start(...args);
      child.stdin.end(typed);
      return await ended;
    },
    readFile: readTokens,
    change: (members) => writeFileSync(file, JSON.stringify({ ...readTokens(), ...members })),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
