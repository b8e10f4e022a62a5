import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DoneNotice } from '#components/done-notice.tsx';
import { FormProblem } from '#components/form-problem.tsx';
import { ifReadable } from '#components/if-readable.ts';
import { LostNote } from '#components/lost-note.tsx';
import { NoteDelete } from '#components/note-delete.tsx';
import { NoteEdit } from '#components/note-edit.tsx';
import { NoteSharing } from '#components/note-sharing.tsx';
import { NoteView } from '#components/note-view.tsx';
import { PageHeading } from '#components/page-heading.tsx';
import { PageLink } from '#components/page-link.tsx';
import { requirePage } from '#lib/access/guards.ts';
import { type Fields, keptForm } from '#lib/access/kept-form.ts';
import { mayChangeNote, type NoteUser } from '#lib/access/note-rules.ts';
import { AppError, isErrorCode } from '#lib/errors.ts';
import { findNote, type Note } from '#lib/notes/note.ts';
import { notePath } from '#lib/notes/paths.ts';
import { noteId } from '#lib/notes/schema.ts';

export const metadata: Metadata = { title: 'Note', robots: { index: false } };

const done = {
  written: 'The note is written down.',
  saved: 'Your changes are saved.',
  shared: 'The note is shared.',
  'taken-back': 'The note is taken back from the group.',
};

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** @returns undefined where there is no such note for this reader; `unreadable` while the database does not answer */
async function noteIfThere(user: NoteUser, id: string): Promise<Note | 'unreadable' | undefined> {
  if (!noteId.safeParse(id).success) return undefined;
  try {
    return (await ifReadable(findNote(user, id))) ?? 'unreadable';
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** What was typed into this note's own form, which holds more than the hidden fields of a button. */
const changeOf = (id: string, kept: Fields | undefined): Fields | undefined =>
  kept?.title !== undefined && kept.id === id ? kept : undefined;

export default async function NotePage({ params, searchParams }: Props) {
  const { id } = await params;
  const principal = await requirePage('/notes', notePath(id));
  const query = await searchParams;
  const error = isErrorCode(query.error) ? query.error : undefined;
  const kept = changeOf(id, await ifReadable(keptForm({ sub: principal.sub, form: '/notes' }, query.kept)));
  const note = await noteIfThere(principal, id);
  if (note === undefined && kept) return <LostNote kept={kept} />;
  if (note === undefined) notFound();
  if (note === 'unreadable')
    return (
      <PageHeading heading="Note">
        <p>This note cannot be read at the moment. Please try again shortly.</p>
      </PageHeading>
    );
  const mine = mayChangeNote(principal, note);
  return (
    <>
      <DoneNotice texts={done} done={query.done} />
      <FormProblem code={error} />
      <NoteView note={note} mine={mine} now={Math.floor(Date.now() / 1_000)} />
      {mine && (
        <div className="mt-5 grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
          <NoteEdit note={note} kept={kept} />
          <div className="grid min-w-0 gap-5">
            <NoteSharing note={note} groups={principal.groups} />
            <NoteDelete note={note} />
          </div>
        </div>
      )}
      <p className="mt-6">
        <PageLink href="/notes" className="text-link inline-flex min-h-11 items-center">
          All notes
        </PageLink>
      </p>
    </>
  );
}
