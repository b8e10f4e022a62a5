import type { Metadata } from 'next';
import { DoneNotice } from '#components/done-notice.tsx';
import { FormProblem } from '#components/form-problem.tsx';
import { ifReadable } from '#components/if-readable.ts';
import { NoteList } from '#components/note-list.tsx';
import { PageHeading } from '#components/page-heading.tsx';
import { PageLink } from '#components/page-link.tsx';
import { requirePage } from '#lib/access/guards.ts';
import { isErrorCode } from '#lib/errors.ts';
import { cursor } from '#lib/notes/cursor.ts';
import { listNotes } from '#lib/notes/list.ts';

export const metadata: Metadata = { title: 'Notes', robots: { index: false } };

const A_PAGE = 20;
const done = { deleted: 'The note is deleted.' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function NotesPage({ searchParams }: { searchParams: Query }) {
  const principal = await requirePage('/notes');
  const query = await searchParams;
  const own = query.owner === 'me';
  // What is no cursor leads to the beginning.
  const after = cursor.safeParse(query.cursor).data;
  const page = await ifReadable(listNotes(principal, { limit: A_PAGE, after, own }));
  return (
    <>
      <PageHeading heading="Notes">
        <p>Yours, those of your tenant, and those that are shared with a group of yours.</p>
      </PageHeading>
      <DoneNotice texts={done} done={query.done} />
      <FormProblem code={isErrorCode(query.error) ? query.error : undefined} />
      <div className="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <PageLink href="/notes/new" className="button-primary">
          Write a note
        </PageLink>
        <nav aria-label="Which notes" className="flex flex-wrap gap-x-5">
          <PageLink
            href="/notes"
            aria-current={own ? undefined : 'true'}
            className="inline-flex min-h-11 items-center text-link aria-[current]:text-ink aria-[current]:no-underline"
          >
            All
          </PageLink>
          <PageLink
            href="/notes?owner=me"
            aria-current={own ? 'true' : undefined}
            className="inline-flex min-h-11 items-center text-link aria-[current]:text-ink aria-[current]:no-underline"
          >
            Only yours
          </PageLink>
        </nav>
      </div>
      <NoteList
        page={page}
        reader={principal}
        own={own}
        isFirst={after === undefined}
        now={Math.floor(Date.now() / 1_000)}
      />
    </>
  );
}
