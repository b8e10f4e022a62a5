import type { Metadata } from 'next';
import { MessagePage } from '#components/message-page.tsx';
import { PageLink } from '#components/page-link.tsx';
import { RequestReference } from '#components/request-reference.tsx';
import { publicText } from '#lib/errors.ts';

export const metadata: Metadata = { title: 'Please try again shortly', robots: { index: false } };

/** Where the middleware rewrites a request that cannot be judged until the user pool answers again. */
export default function UnavailablePage() {
  return (
    <MessagePage
      status={503}
      heading="We cannot check your session just now"
      actions={
        <>
          {/* biome-ignore lint/a11y/useValidAnchor: the empty address is the page that was asked for, which this page is not told */}
          <a href="" className="button-primary">
            Try again
          </a>
          <PageLink href="/" className="button-quiet">
            Go to the start page
          </PageLink>
        </>
      }
    >
      <p>{publicText('user_pool_unavailable')}</p>
      <p>Your session is kept. As soon as the user pool answers, you go on where you were.</p>
      <RequestReference />
    </MessagePage>
  );
}
