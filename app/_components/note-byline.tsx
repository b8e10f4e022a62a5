import type { Note } from '#lib/notes/note.ts';
import { Moment } from './moment.tsx';
import { NoteAudience } from './note-audience.tsx';

type Props = {
  note: Note;
  mine: boolean;
  /** Seconds since the epoch. */
  now: number;
};

/** Whose a note is, when it was changed and who else reads it; part of a sentence. */
export function NoteByline({ note, mine, now }: Props) {
  return (
    <>
      {mine ? (
        'Yours'
      ) : (
        <>
          By <bdi>{note.owner_name}</bdi>
        </>
      )}{' '}
      · changed <Moment at={note.updated_at} now={now} /> · <NoteAudience note={note} />
    </>
  );
}
