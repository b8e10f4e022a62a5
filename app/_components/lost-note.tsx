import type { Fields } from '#lib/access/kept-form.ts';
import { NewNoteForm } from './new-note-form.tsx';
import { PageHeading } from './page-heading.tsx';
import { SectionCard } from './section-card.tsx';

/** Stands in place of a note that was deleted while its owner changed it. @param kept what they had typed */
export function LostNote({ kept }: { kept: Fields }) {
  return (
    <>
      <PageHeading heading="This note is not there any more">
        <p role="alert">It was deleted while you changed it. What you typed is below, and is not saved.</p>
      </PageHeading>
      <SectionCard heading="Write it as a new note" className="max-w-3xl">
        <NewNoteForm kept={kept} />
      </SectionCard>
    </>
  );
}
