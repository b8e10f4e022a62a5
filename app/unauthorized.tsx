import type { Metadata } from 'next';
import { MessagePage } from '#components/message-page.tsx';
import { SignInForm } from '#components/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Please sign in' };

export default function Unauthorized() {
  return (
    <MessagePage status={401} heading="Please sign in first" actions={<SignInForm />}>
      <p>
        This asks for somebody who is signed in. Your session may have ended while the page was open; what you
        sent was not carried out.
      </p>
    </MessagePage>
  );
}
