'use client';

import { errorReference } from '#components/error-reference.ts';
import { MessagePage } from '#components/message-page.tsx';
import { PageLink } from '#components/page-link.tsx';

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = errorReference(error);
  return (
    <MessagePage
      status={500}
      heading="This page could not be shown"
      actions={
        <>
          <button type="button" className="button-primary" onClick={retry}>
            Try again
          </button>
          <PageLink href="/" className="button-quiet">
            Go to the start page
          </PageLink>
        </>
      }
    >
      <p>Something went wrong on our side. Trying again may be all it takes.</p>
      {reference && (
        <p>
          If it stays, report this reference: <code className="font-mono text-ink">{reference}</code>
        </p>
      )}
    </MessagePage>
  );
}
