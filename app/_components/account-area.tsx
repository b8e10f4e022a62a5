import type { Principal } from '#lib/access/principal.ts';
import { PageLink } from './page-link.tsx';
import { personName } from './person-name.ts';
import { SignOutForm } from './sign-out-form.tsx';

/** The header's right-hand side: who is signed in and the way out, or the way in. */
export function AccountArea({ principal }: { principal: Principal | undefined }) {
  if (!principal) {
    return (
      <PageLink href="/sign-in" className="button-quiet">
        Sign in
      </PageLink>
    );
  }
  const name = personName(principal);
  return (
    <div className="flex min-w-0 items-center gap-2 sm:gap-3">
      <span className="max-w-52 min-w-0 truncate text-sm text-quiet" title={name}>
        <span className="sr-only">Signed in as </span>
        {name}
      </span>
      <SignOutForm className="button-quiet px-3 whitespace-nowrap">Sign out</SignOutForm>
    </div>
  );
}
