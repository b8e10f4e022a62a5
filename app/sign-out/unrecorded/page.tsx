import type { Metadata } from 'next';
import { MessagePage } from '#components/message-page.tsx';
import { PageLink } from '#components/page-link.tsx';
import { logoutUrl } from '#lib/cognito/endpoints.ts';
import { config } from '#lib/config.ts';

export const metadata: Metadata = { title: 'Signed out of this browser', robots: { index: false } };
export const dynamic = 'force-dynamic';

/** After a sign-out that the registry could not record. */
export default function UnrecordedPage() {
  return (
    <MessagePage
      heading="You are signed out of this browser"
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
      <p>We could not record it, because our database does not answer at the moment. We go on trying.</p>
      <p>
        Until then, somebody who copied this browser’s cookies before may go on reading your pages, for as
        long as the access token in them lasts: usually an hour.
      </p>
      <p>One step is left: ending your sign-in at the user pool itself.</p>
    </MessagePage>
  );
}
