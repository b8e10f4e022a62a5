'use client';

import './globals.css';
import { AwningEdge } from '#components/awning-edge.tsx';
import { errorReference } from '#components/error-reference.ts';
import { MessagePage } from '#components/message-page.tsx';

/** Stands in for the layout when that fails; so it draws its own document and asks nothing of the session. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = errorReference(error);
  return (
    <html lang="en">
      <body className="min-h-dvh bg-ground font-sans text-ink antialiased">
        <title>Something went wrong · Cabana</title>
        <meta name="robots" content="noindex" />
        <AwningEdge />
        <main className="mx-auto max-w-5xl px-4 py-8 sm:px-6 sm:py-12">
          <MessagePage
            status={500}
            heading="Cabana could not be shown"
            actions={
              <button type="button" className="button-primary" onClick={retry}>
                Try again
              </button>
            }
          >
            <p>Something went wrong on our side. Trying again may be all it takes.</p>
            {reference && (
              <p>
                If it stays, report this reference: <code className="font-mono text-ink">{reference}</code>
              </p>
            )}
          </MessagePage>
        </main>
      </body>
    </html>
  );
}
