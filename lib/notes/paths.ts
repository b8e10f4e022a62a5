import { noteId } from './schema.ts';

/** @returns the page of a note, for an id that a form sent; the page of all notes for what is no id */
export function notePath(id: unknown): `/${string}` {
  const parsed = noteId.safeParse(id);
  return parsed.success ? `/notes/${parsed.data}` : '/notes';
}
