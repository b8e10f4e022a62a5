import { z } from 'zod';
import { groupName, noteId, REVISION, text, title } from './schema.ts';

const revision = z.string().regex(REVISION).transform(Number);

/** What the forms of the pages send. `once` is a mark of the page that showed the form. */
export const newNoteForm = z.object({ once: z.uuid(), title, text });
export const editForm = z.object({ id: noteId, revision, title, text });
export const deleteForm = z.object({ id: noteId, revision });
export const shareForm = z.object({ id: noteId, group: groupName });
