import type { Metadata } from 'next';
import { ClientUsageCard } from '#components/client-usage.tsx';
import { ifReadable } from '#components/if-readable.ts';
import { monthWords } from '#components/month-words.ts';
import { PageHeading } from '#components/page-heading.tsx';
import { PageLink } from '#components/page-link.tsx';
import { SectionCard } from '#components/section-card.tsx';
import { Unreadable } from '#components/unreadable.tsx';
import { requirePage } from '#lib/access/guards.ts';
import { month as monthInput, monthOf, monthsAfter } from '#lib/machine/months.ts';
import { usageReport } from '#lib/machine/usage-report.ts';

export const metadata: Metadata = { title: 'Token usage', robots: { index: false } };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function TokenUsagePage({ searchParams }: { searchParams: Query }) {
  await requirePage('/admin/token-usage');
  const present = monthOf(Date.now());
  const month = monthInput.safeParse((await searchParams).month).data ?? present;
  const report = await ifReadable(usageReport(month));
  const next = monthsAfter(month, 1);
  return (
    <>
      <PageHeading heading="Token usage">
        <p>
          Cognito bills every access token that it issues to an app client without a person. This application
          keeps one until its life ends; here is how often it asked.
        </p>
      </PageHeading>
      <div className="grid gap-5">
        {!report && (
          <SectionCard heading={monthWords(month)}>
            <Unreadable>The counts cannot be read at the moment.</Unreadable>
          </SectionCard>
        )}
        {report?.clients.length === 0 && (
          <SectionCard heading={monthWords(month)}>
            <p className="text-quiet">No token was asked for in this month.</p>
          </SectionCard>
        )}
        {report?.clients.map((usage) => (
          <ClientUsageCard key={usage.clientId} usage={usage} month={monthWords(month)} />
        ))}
      </div>
      <p className="mt-6 text-quiet">
        All instances of this application, by UTC day. What the last seconds brought may be missing.
      </p>
      <nav aria-label="Months" className="mt-2 flex flex-wrap gap-x-8">
        {[monthsAfter(month, -1), ...(next <= present ? [next] : [])].map((other) => (
          <PageLink
            key={other}
            href={`/admin/token-usage?month=${other}`}
            className="text-link inline-flex min-h-11 items-center"
          >
            {monthWords(other)}
          </PageLink>
        ))}
      </nav>
    </>
  );
}
