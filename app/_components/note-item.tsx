import type { Note } from '#lib/notes/note.ts';
import { NoteByline } from './note-byline.tsx';
import { PageLink } from './page-link.tsx';

type Props = {
  note: Note;
  mine: boolean;
  /** Seconds since the epoch. */
  now: number;
};

/** A note in a list: its title, how it begins, whose it is and who else reads it. */
export function NoteItem({ note, mine, now }: Props) {
  return (
    <li className="py-5">
      <h2 className="font-semibold wrap-anywhere">
        <PageLink href={`/notes/${note.id}`} className="text-link inline-block py-1 leading-relaxed">
          <bdi>{note.title}</bdi>
        </PageLink>
      </h2>
      {note.text && (
        <p dir="auto" className="mt-1 line-clamp-2 leading-relaxed wrap-anywhere">
          {note.text.slice(0, 400)}
        </p>
      )}
      <p className="mt-2 text-sm leading-6 wrap-anywhere text-quiet">
        <NoteByline note={note} mine={mine} now={now} />
      </p>
    </li>
  );
}
