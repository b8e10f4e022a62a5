import type { Note } from '#lib/notes/note.ts';
import { SectionCard } from './section-card.tsx';

/** The way to delete a note, with a step in between: it cannot be undone. */
export function NoteDelete({ note }: { note: Note }) {
  return (
    <SectionCard heading="Delete it">
      <details>
        <summary className="text-link min-h-11 cursor-pointer py-2.5 font-semibold">
          Delete this note …
        </summary>
        <form method="post" action="/notes/delete" className="mt-2">
          <input type="hidden" name="id" value={note.id} />
          <input type="hidden" name="revision" value={note.revision} />
          <p className="mb-4 text-quiet">Nobody can bring it back.</p>
          <button type="submit" className="button-quiet">
            Delete for good
          </button>
        </form>
      </details>
    </SectionCard>
  );
}
