import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PoolAndApp, people, startPoolAndApp } from '../support/local-pool.ts';
import { type Ended, type NotesProgram, notesProgram } from './notes-program.ts';

let both: PoolAndApp;
let ada: NotesProgram;
let linus: NotesProgram;

async function signedIn({ username, password }: { username: string; password: string }) {
  const program = notesProgram();
  const where = ['--api', both.app.url, '--issuer', `${both.pool.url}/us-east-1_Cabana001`];
  const args = ['sign-in', '--headless', '--username', username, ...where];
  expect((await program.run(args, password)).code).toBe(0);
  return program;
}

beforeAll(async () => {
  both = await startPoolAndApp();
  [ada, linus] = await Promise.all([signedIn(people.ada), signedIn(people.linus)]);
});
afterAll(async () => {
  ada.remove();
  linus.remove();
  await both.stop();
});

const result = ({ code, stdout, stderr }: Ended): Record<string, unknown> => {
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Record<string, unknown>;
};

const create = async (title: string, text = ''): Promise<string> =>
  String(result(await ada.run(['create', '--title', title, '--text', text])).id);

const refusal = (sentence: RegExp) => ({ code: 1, stdout: '', stderr: expect.stringMatching(sentence) });

describe('a note', () => {
  test('is created, shown, edited and deleted', async () => {
    const id = await create('Packing list', 'Tent\nLamp');
    expect(result(await ada.run(['show', id]))).toMatchObject({
      id,
      mine: true,
      title: 'Packing list',
      text: 'Tent\nLamp',
      revision: 1,
    });
    expect(result(await ada.run(['edit', id, '--title', 'Camping']))).toMatchObject({
      title: 'Camping',
      text: 'Tent\nLamp',
      revision: 2,
    });
    expect(await ada.run(['delete', id])).toEqual({ code: 0, stdout: '', stderr: 'Deleted.\n' });
    expect(await ada.run(['show', id])).toEqual(refusal(/\(404, not_found\)\n$/));
  });

  test('is shared with a group of its owner’s, and taken back', async () => {
    const id = await create('For administrators');
    expect(await ada.run(['share', id, 'admins'])).toMatchObject({
      code: 0,
      stderr: 'Shared with admins.\n',
    });
    expect(result(await ada.run(['show', id])).shared_with).toEqual(['admins']);
    expect((await ada.run(['share', id, 'admins', '--end'])).code).toBe(0);
    expect(result(await ada.run(['show', id])).shared_with).toEqual([]);
    expect(await ada.run(['share', id, 'editors'])).toEqual(refusal(/, not_in_group\)\n$/));
  });

  test('of somebody else is not there', async () => {
    const id = await create('Ada’s own');
    for (const args of [['show'], ['edit', '--text', 'mine now'], ['delete']]) {
      const [command = '', ...rest] = args;
      expect(await linus.run([command, id, ...rest])).toEqual(refusal(/\(404, not_found\)\n$/));
    }
    expect(result(await ada.run(['show', id])).text).toBe('');
  });

  test('without a title is refused in the words of the API', async () => {
    expect(await ada.run(['create', '--text', 'no title'])).toEqual(refusal(/\(400, invalid_input\)\n$/));
  });
});

describe('the list', () => {
  test('has one line for each note, the newest first, and says how to go on', async () => {
    const ids: string[] = [];
    for (const title of ['first', 'second', 'third']) ids.unshift(await create(title));
    const lines = ids.map((id, index) => `${id}  ${['third', 'second', 'first'][index]}\n`);
    const page = await ada.run(['list', '--mine', '--limit', '2']);
    expect([page.code, page.stdout]).toEqual([0, lines.slice(0, 2).join('')]);
    const cursor = /^There are more: list --cursor (\S+)\n$/.exec(page.stderr)?.[1] ?? '';
    const next = await ada.run(['list', '--mine', '--limit', '1', '--cursor', cursor]);
    expect([next.code, next.stdout]).toEqual([0, lines[2]]);
  });

  test('that is empty says so', async () => {
    expect(await linus.run(['list'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'There are no notes here yet.\n',
    });
  });
});
