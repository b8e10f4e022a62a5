import type { Metadata } from 'next';
import { MessagePage } from '#components/message-page.tsx';
import { PageLink } from '#components/page-link.tsx';
import { personName } from '#components/person-name.ts';
import { RequestReference } from '#components/request-reference.tsx';
import { SignOutForm } from '#components/sign-out-form.tsx';
import { getPrincipal } from '#lib/access/guards.ts';

export const metadata: Metadata = { title: 'Not open to you' };

export default async function Forbidden() {
  const principal = await getPrincipal();
  return (
    <MessagePage
      status={403}
      heading="This page is not open to you"
      actions={
        <>
          <PageLink href={principal ? '/home' : '/'} className="button-primary">
            {principal ? 'Go to your home' : 'Go to the start page'}
          </PageLink>
          {principal && <SignOutForm className="button-quiet">Sign out and use another account</SignOutForm>}
        </>
      }
    >
      {principal && (
        <p>
          You are signed in as <strong className="text-ink">{personName(principal)}</strong>, and this page
          asks for a group, a claim or a scope that this account does not have.
        </p>
      )}
      <p>
        If you think it should be open, ask whoever looks after your user pool. What they change reaches you
        at your next sign-in, at the latest.
      </p>
      <RequestReference />
    </MessagePage>
  );
}
