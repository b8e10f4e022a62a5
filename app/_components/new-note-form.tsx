import type { Fields } from '#lib/access/kept-form.ts';
import { NoteFields } from './note-fields.tsx';

/** @param kept what was typed before, when it was kept */
export function NewNoteForm({ kept }: { kept: Fields | undefined }) {
  return (
    <form method="post" action="/notes/create" className="space-y-5">
      <input type="hidden" name="once" value={kept?.once ?? crypto.randomUUID()} />
      <NoteFields {...(kept && { note: kept })} />
      <button type="submit" className="button-primary">
        Write it down
      </button>
    </form>
  );
}
