import type { ReactNode } from 'react';
import { logoutUrl } from '#lib/cognito/endpoints.ts';
import { config } from '#lib/config.ts';
import { MessagePage } from './message-page.tsx';
import { PageLink } from './page-link.tsx';

/** After a sign-out of which something could not be done: what, and the step that is left at the user pool. */
export function UnfinishedSignOut({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <MessagePage
      heading={heading}
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
      {children}
      <p>One step is left: ending your sign-in at the user pool itself.</p>
    </MessagePage>
  );
}
