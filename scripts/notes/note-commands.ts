import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { callApi } from './api.ts';
import { Failure } from './failure.ts';
import { note, print } from './output.ts';

const page = z.object({
  notes: z.array(z.object({ id: z.string(), title: z.string() })),
  next_cursor: z.string().nullable(),
});

const addressOf = (id: string): string => `notes/${encodeURIComponent(id)}`;

const printJson = (body: unknown): void => print(JSON.stringify(body, null, 2));

/** The note's ETag as it is now: whoever changes it in between is not overwritten. */
async function currentTag(file: string, id: string): Promise<{ 'if-match': string }> {
  const { headers } = await callApi(file, addressOf(id));
  const tag = headers.get('etag');
  if (!tag) throw new Failure('The API answered without an ETag.');
  return { 'if-match': tag };
}

/** What a note is changed to; what is undefined stays as it is. */
interface NoteText {
  title?: string | undefined;
  text?: string | undefined;
}

/** Who the token speaks for. */
export async function me(file: string): Promise<void> {
  printJson((await callApi(file, 'me')).body);
}

/** One line for each note, newest first; how to go on is said beside the result. */
export async function list(file: string, query: Record<string, string>): Promise<void> {
  const { body } = await callApi(file, `notes?${new URLSearchParams(query)}`);
  const { notes, next_cursor } = page.parse(body);
  // What others wrote must not steer the terminal.
  for (const { id, title } of notes) print(`${id}  ${title.replaceAll(/\p{Cc}/gu, ' ')}`);
  if (notes.length === 0) note('There are no notes here yet.');
  if (next_cursor) note(`There are more: list --cursor ${next_cursor}`);
}

/** Sent again after a 429 or a 401, it is still one note: the key says so. */
export async function create(file: string, body: NoteText): Promise<void> {
  const headers = { 'idempotency-key': randomUUID() };
  printJson((await callApi(file, 'notes', { method: 'POST', body, headers })).body);
}

export async function show(file: string, id: string): Promise<void> {
  printJson((await callApi(file, addressOf(id))).body);
}

export async function edit(file: string, id: string, body: NoteText): Promise<void> {
  const headers = await currentTag(file, id);
  printJson((await callApi(file, addressOf(id), { method: 'PATCH', body, headers })).body);
}

export async function remove(file: string, id: string): Promise<void> {
  await callApi(file, addressOf(id), { method: 'DELETE', headers: await currentTag(file, id) });
  note('Deleted.');
}

/** Lets a group read a note, or with `end` no longer. */
export async function share(file: string, id: string, group: string, end: boolean): Promise<void> {
  await callApi(file, `${addressOf(id)}/groups/${encodeURIComponent(group)}`, {
    method: end ? 'DELETE' : 'PUT',
  });
  note(end ? `No longer shared with ${group}.` : `Shared with ${group}.`);
}
