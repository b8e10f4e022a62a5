import { z } from 'zod';
import { groupName, noteId, text, title } from './schema.ts';

/**
 * In bytes. A form may take twelve for one character (`%F0%9F%8F%96`), and a note has 10,200 of them at the most.
 */
export const LARGEST_NOTE_FORM = 131_072;

const revision = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);

/** What the forms of the pages send. `once` is a mark of the page that showed the form. */
export const newNoteForm = z.object({ once: z.uuid(), title, text });
export const editForm = z.object({ id: noteId, revision, title, text });
export const deleteForm = z.object({ id: noteId, revision });
export const shareForm = z.object({ id: noteId, group: groupName });
