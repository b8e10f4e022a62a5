import type { Metadata } from 'next';
import { Chips } from '#components/chips.tsx';
import { Facts } from '#components/facts.tsx';
import { PageHeading } from '#components/page-heading.tsx';
import { personName } from '#components/person-name.ts';
import { PolicyCard } from '#components/policy-card.tsx';
import { SectionCard } from '#components/section-card.tsx';
import { requirePage } from '#lib/access/guards.ts';

export const metadata: Metadata = { title: 'Admin', robots: { index: false } };

export default async function AdminPage() {
  const principal = await requirePage('/admin');
  return (
    <>
      <PageHeading heading="Admin">
        <p>You see this page because of a group that your access token names.</p>
      </PageHeading>
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
      </div>
    </>
  );
}
