import type { Metadata } from 'next';
import { MessagePage } from '#components/message-page.tsx';
import { PageLink } from '#components/page-link.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <MessagePage
      status={404}
      heading="Nothing stands here"
      actions={
        <PageLink href="/" className="button-primary">
          Go to the start page
        </PageLink>
      }
    >
      <p>There is no page at this address. It may have moved, or the link may have a letter too many.</p>
    </MessagePage>
  );
}
