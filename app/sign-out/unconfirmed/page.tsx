import type { Metadata } from 'next';
import { UnfinishedSignOut } from '#components/unfinished-sign-out.tsx';

export const metadata: Metadata = { title: 'Signed out of every browser', robots: { index: false } };
export const dynamic = 'force-dynamic';

/** After a sign-out everywhere that the user pool did not confirm. */
export default function UnconfirmedPage() {
  return (
    <UnfinishedSignOut heading="You are signed out of every browser">
      <p>
        The user pool did not confirm that it signed your mobile apps out, so they may still be signed in.
      </p>
      <p>To be sure, sign in again later and sign out everywhere once more.</p>
    </UnfinishedSignOut>
  );
}
