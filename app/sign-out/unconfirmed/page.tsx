import type { Metadata } from 'next';
import { MessagePage } from '#components/message-page.tsx';
import { PageLink } from '#components/page-link.tsx';
import { logoutUrl } from '#lib/cognito/endpoints.ts';
import { config } from '#lib/config.ts';

export const metadata: Metadata = { title: 'Signed out of every browser', robots: { index: false } };
export const dynamic = 'force-dynamic';

/** After a sign-out everywhere that the user pool did not confirm. */
export default function UnconfirmedPage() {
  return (
    <MessagePage
      heading="You are signed out of every browser"
      actions={
        <>
          <a href={logoutUrl(config())} className="button-primary">
            Finish signing out
          </a>
          <PageLink href="/" className="button-quiet">
            Go to the start page
          </PageLink>
        </>
      }
    >
      <p>
        The user pool did not confirm that it signed your mobile apps out, so they may still be signed in.
      </p>
      <p>To be sure, sign in again later and sign out everywhere once more.</p>
      <p>One step is left for this browser: ending your sign-in at the user pool itself.</p>
    </MessagePage>
  );
}
