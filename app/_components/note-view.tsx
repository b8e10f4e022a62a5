import type { Note } from '#lib/notes/note.ts';
import { NoteByline } from './note-byline.tsx';

type Props = {
  note: Note;
  mine: boolean;
  /** Seconds since the epoch. */
  now: number;
};

/** A note to read, its lines as they were typed. */
export function NoteView({ note, mine, now }: Props) {
  return (
    <article>
      <h1 dir="auto" className="text-3xl font-semibold tracking-tight text-balance wrap-anywhere sm:text-4xl">
        {note.title}
      </h1>
      <p className="mt-3 leading-relaxed wrap-anywhere text-quiet">
        <NoteByline note={note} mine={mine} now={now} />
      </p>
      <div dir="auto" className="card mt-6 leading-relaxed whitespace-pre-wrap wrap-anywhere">
        {note.text || <span className="text-quiet">It has a title and no text.</span>}
      </div>
    </article>
  );
}
