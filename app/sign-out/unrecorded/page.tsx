import type { Metadata } from 'next';
import { UnfinishedSignOut } from '#components/unfinished-sign-out.tsx';

export const metadata: Metadata = { title: 'Signed out of this browser', robots: { index: false } };
export const dynamic = 'force-dynamic';

/** After a sign-out that the registry could not record. */
export default function UnrecordedPage() {
  return (
    <UnfinishedSignOut heading="You are signed out of this browser">
      <p>We could not record it, because our database does not answer at the moment. We go on trying.</p>
      <p>
        Until then, somebody who copied this browser’s cookies before may go on reading your pages, for as
        long as the access token in them lasts: usually an hour.
      </p>
    </UnfinishedSignOut>
  );
}
