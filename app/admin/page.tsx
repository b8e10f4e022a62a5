import type { Metadata } from 'next';
import { AdminSignOut } from '#components/admin-sign-out.tsx';
import { Chips } from '#components/chips.tsx';
import { DoneNotice } from '#components/done-notice.tsx';
import { Facts } from '#components/facts.tsx';
import { FormProblem } from '#components/form-problem.tsx';
import { ifReadable } from '#components/if-readable.ts';
import { PageHeading } from '#components/page-heading.tsx';
import { PageLink } from '#components/page-link.tsx';
import { personName } from '#components/person-name.ts';
import { PolicyCard } from '#components/policy-card.tsx';
import { SectionCard } from '#components/section-card.tsx';
import { requirePage } from '#lib/access/guards.ts';
import { keptForm } from '#lib/access/kept-form.ts';
import { isErrorCode } from '#lib/errors.ts';

export const metadata: Metadata = { title: 'Admin', robots: { index: false } };

const done = {
  'signed-in-again': 'What you typed is still here, and nothing is done yet. Please send it once more.',
  'signed-out': 'The person is signed out everywhere.',
  unrevoked:
    'The person is signed out of every browser. The user pool did not confirm the rest: their mobile apps may still be signed in. Please try again.',
  unnoted:
    'The person is signed out everywhere. Your note could not be recorded, so it is not among their security events.',
};

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function AdminPage({ searchParams }: { searchParams: Query }) {
  const principal = await requirePage('/admin');
  const query = await searchParams;
  const error = isErrorCode(query.error) ? query.error : undefined;
  const kept = await ifReadable(keptForm({ sub: principal.sub, form: '/admin/sign-out' }, query.kept));
  return (
    <>
      <PageHeading heading="Admin">
        <p>You see this page because of a group that your access token names.</p>
      </PageHeading>
      <DoneNotice texts={done} done={kept && !error ? 'signed-in-again' : query.done} />
      <FormProblem code={error} />
      <div className="grid gap-5 lg:grid-cols-2">
        <PolicyCard path="/admin" />
        <SectionCard heading="What you bring">
          <Facts
            facts={[
              ['You are', personName(principal)],
              ['Your groups', <Chips key="groups" names={principal.groups} none="You are in no group." />],
            ]}
          />
        </SectionCard>
        <AdminSignOut kept={kept} error={error} />
        <SectionCard
          heading="Machine to machine"
          note="What this application does as itself, without a person."
          className="lg:col-span-2"
        >
          <ul className="flex flex-wrap gap-x-8">
            <li>
              <PageLink href="/admin/token-usage" className="text-link inline-flex min-h-11 items-center">
                Token usage
              </PageLink>
            </li>
            <li>
              <PageLink href="/admin/downstream" className="text-link inline-flex min-h-11 items-center">
                Downstream service
              </PageLink>
            </li>
          </ul>
        </SectionCard>
      </div>
    </>
  );
}
