import type { ReactNode } from 'react';

/** A form, because signing out changes something and a link can be followed by anything that looks at the page. */
export function SignOutForm({ className, children }: { className: string; children: ReactNode }) {
  return (
    <form method="post" action="/sign-out">
      <button type="submit" className={className}>
        {children}
      </button>
    </form>
  );
}
