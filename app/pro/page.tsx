import type { Metadata } from 'next';
import { Facts } from '#components/facts.tsx';
import { PageHeading } from '#components/page-heading.tsx';
import { personName } from '#components/person-name.ts';
import { PolicyCard } from '#components/policy-card.tsx';
import { SectionCard } from '#components/section-card.tsx';
import { requirePage } from '#lib/access/guards.ts';

export const metadata: Metadata = { title: 'Pro', robots: { index: false } };

export default async function ProPage() {
  const principal = await requirePage('/pro');
  const claim = (name: string) => {
    const value = principal.claims[name];
    return typeof value === 'string' ? value : 'not set';
  };
  return (
    <>
      <PageHeading heading="Pro">
        <p>You see this page because of a claim that your user pool makes about you.</p>
      </PageHeading>
      <div className="grid gap-5 lg:grid-cols-2">
        <PolicyCard path="/pro" />
        <SectionCard heading="What you bring">
          <Facts
            facts={[
              ['You are', personName(principal)],
              ['Your plan', claim('custom:plan')],
              ['Your tenant', claim('custom:tenant')],
            ]}
          />
        </SectionCard>
      </div>
    </>
  );
}
