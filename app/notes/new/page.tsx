import type { Metadata } from 'next';
import { FormProblem } from '#components/form-problem.tsx';
import { ifReadable } from '#components/if-readable.ts';
import { NewNoteForm } from '#components/new-note-form.tsx';
import { PageHeading } from '#components/page-heading.tsx';
import { SectionCard } from '#components/section-card.tsx';
import { requirePage } from '#lib/access/guards.ts';
import { keptForm } from '#lib/access/kept-form.ts';
import { tenantOf } from '#lib/access/note-rules.ts';
import { isErrorCode } from '#lib/errors.ts';

export const metadata: Metadata = { title: 'New note', robots: { index: false } };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function NewNotePage({ searchParams }: { searchParams: Query }) {
  const principal = await requirePage('/notes', '/notes/new');
  const query = await searchParams;
  const kept = await ifReadable(keptForm({ sub: principal.sub, form: '/notes' }, query.kept));
  const tenant = tenantOf(principal);
  return (
    <>
      <PageHeading heading="Write a note">
        <p>
          {tenant === null
            ? 'Only you read it, until you share it with a group of yours.'
            : `Everybody of ${tenant} reads it; only you can change it.`}
        </p>
      </PageHeading>
      <FormProblem code={isErrorCode(query.error) ? query.error : undefined} />
      <SectionCard heading="Your note" className="max-w-3xl">
        <NewNoteForm kept={kept} />
      </SectionCard>
    </>
  );
}
