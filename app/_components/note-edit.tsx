import type { Fields } from '#lib/access/kept-form.ts';
import type { Note } from '#lib/notes/note.ts';
import { NoteFields } from './note-fields.tsx';
import { SectionCard } from './section-card.tsx';

type Props = {
  note: Note;
  /** What was typed before and not carried out, when it was kept. */
  kept: Fields | undefined;
};

/**
 * The owner's form. Where somebody changed the note meanwhile, it holds what was typed, and counts from the note as it is now: its person has both
 * before them, and decides.
 */
export function NoteEdit({ note, kept }: Props) {
  const conflict = kept !== undefined && kept.revision !== String(note.revision);
  return (
    <SectionCard
      heading={conflict ? 'What you typed' : 'Change it'}
      {...(conflict && {
        note: 'It is not saved. The note above is as somebody saved it meanwhile. Take from it what you need, then save yours in its place.',
      })}
    >
      <form method="post" action="/notes/edit" className="space-y-5">
        <input type="hidden" name="id" value={note.id} />
        <input type="hidden" name="revision" value={note.revision} />
        <NoteFields note={kept ?? note} />
        <button type="submit" className="button-primary">
          {conflict ? 'Save mine in its place' : 'Save'}
        </button>
      </form>
    </SectionCard>
  );
}
