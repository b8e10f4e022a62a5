import type { Metadata } from 'next';
import { DoneNotice } from '#components/done-notice.tsx';
import { Field } from '#components/field.tsx';
import { FormProblem } from '#components/form-problem.tsx';
import { ifReadable } from '#components/if-readable.ts';
import { PageHeading } from '#components/page-heading.tsx';
import { SectionCard } from '#components/section-card.tsx';
import { requirePage } from '#lib/access/guards.ts';
import { keptForm } from '#lib/access/kept-form.ts';
import { isErrorCode } from '#lib/errors.ts';

export const metadata: Metadata = { title: 'Password', robots: { index: false } };

const done = {
  changed: 'Your password is changed.',
  'changed-and-ended': 'Your password is changed, and your other devices are signed out.',
  'changed-unrecorded':
    'Your password is changed. Our database does not answer at the moment, so this is not among your security events, and your other devices may still be signed in.',
};

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function PasswordPage({ searchParams }: { searchParams: Query }) {
  const { sub, username, claims } = await requirePage('/account/password');
  const query = await searchParams;
  const error = isErrorCode(query.error) ? query.error : undefined;
  const kept = await ifReadable(keptForm({ sub, form: '/account/password' }, query.kept));
  return (
    <>
      <PageHeading heading="Your password">
        <p>The user pool keeps your password. This application passes it on and forgets it.</p>
      </PageHeading>
      <DoneNotice texts={done} done={query.done} />
      <FormProblem code={error} />
      <SectionCard heading="Change your password" className="max-w-2xl">
        <form method="post" action="/account/password/change" className="space-y-5">
          {/* Tells a password manager whose password it is. */}
          <input
            type="text"
            name="username"
            autoComplete="username"
            defaultValue={typeof claims.email === 'string' ? claims.email : username}
            readOnly
            hidden
          />
          <Field
            label="Current password"
            name="currentPassword"
            type="password"
            autoComplete="current-password"
            required
            maxLength={256}
            wrong={error === 'wrong_password'}
          />
          <Field
            label="New password"
            name="newPassword"
            type="password"
            autoComplete="new-password"
            required
            maxLength={256}
            wrong={error === 'password_refused' || error === 'password_used_before'}
          />
          <label className="flex min-h-11 items-start gap-3 py-2">
            <input
              type="checkbox"
              name="signOutOthers"
              value="yes"
              defaultChecked={kept === undefined || kept.signOutOthers === 'yes'}
              className="mt-0.5 size-5 shrink-0 accent-teal"
            />
            <span>
              Sign out my other devices
              <span className="block text-sm text-quiet">
                Mobile apps stay signed in; “Sign out everywhere” on your sessions page ends those as well.
              </span>
            </span>
          </label>
          <button type="submit" className="button-primary">
            Change password
          </button>
        </form>
      </SectionCard>
    </>
  );
}
