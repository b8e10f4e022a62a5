import { z } from 'zod';
import type { NotePosition } from '../access/note-rules.ts';

const LONGEST = 100;
const position = /^(\d{1,15}) ([\da-f-]{36})$/;

/** @returns what a list goes on from after the note at a position; it holds no secret, and opens nothing */
export const cursorAfter = ({ created_at, id }: NotePosition): string =>
  Buffer.from(`${created_at} ${id}`).toString('base64url');

function positionOf(cursor: string): NotePosition | undefined {
  const [, created_at, id] = position.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (created_at === undefined || id === undefined) return undefined;
  const found = { created_at: Number(created_at), id };
  return cursorAfter(found) === cursor ? found : undefined;
}

/** A cursor that {@link cursorAfter} made, or that looks as if: it says where to go on, and never what may be read. */
export const cursor = z
  .string()
  .max(LONGEST)
  .transform((value, context): NotePosition => {
    const found = positionOf(value);
    if (found) return found;
    context.addIssue({ code: 'custom', message: 'This is no cursor of a list.' });
    return z.NEVER;
  });
