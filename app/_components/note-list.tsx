import { mayChangeNote, type NoteUser } from '#lib/access/note-rules.ts';
import type { NotesPage } from '#lib/notes/list.ts';
import { NoteItem } from './note-item.tsx';
import { PageLink } from './page-link.tsx';
import { Unreadable } from './unreadable.tsx';

type Props = {
  /** Undefined while the database does not answer. */
  page: NotesPage | undefined;
  reader: NoteUser;
  /** Whether only the reader's own are shown. */
  own: boolean;
  isFirst: boolean;
  /** Seconds since the epoch. */
  now: number;
};

const address = (own: boolean, cursor?: string): `/${string}` => {
  const query = new URLSearchParams({ ...(own && { owner: 'me' }), ...(cursor && { cursor }) });
  return query.size > 0 ? `/notes?${query}` : '/notes';
};

function emptyWords(own: boolean, isFirst: boolean): string {
  if (!isFirst) return 'There are no older notes.';
  return own
    ? 'You have not written a note yet.'
    : 'There is nothing to read yet: neither a note of yours nor one that others let you read.';
}

/** A page of notes, with the ways to the next page and back to the first. */
export function NoteList({ page, reader, own, isFirst, now }: Props) {
  if (!page)
    return (
      <div className="card">
        <Unreadable>The notes cannot be read at the moment.</Unreadable>
      </div>
    );
  const { notes, nextCursor } = page;
  return (
    <>
      <div className="card py-0 sm:py-0">
        {notes.length === 0 ? (
          <p className="py-6 leading-relaxed text-quiet">{emptyWords(own, isFirst)}</p>
        ) : (
          <ul aria-label="Notes" className="divide-y divide-edge">
            {notes.map((note) => (
              <NoteItem key={note.id} note={note} mine={mayChangeNote(reader, note)} now={now} />
            ))}
          </ul>
        )}
      </div>
      {(nextCursor !== null || !isFirst) && (
        <nav aria-label="Pages of notes" className="mt-5 flex flex-wrap gap-3">
          {!isFirst && (
            <PageLink href={address(own)} className="button-quiet">
              Newest notes
            </PageLink>
          )}
          {nextCursor !== null && (
            <PageLink href={address(own, nextCursor)} className="button-quiet">
              Older notes
            </PageLink>
          )}
        </nav>
      )}
    </>
  );
}
