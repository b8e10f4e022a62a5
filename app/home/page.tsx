import type { Metadata } from 'next';
import { Chips } from '#components/chips.tsx';
import { ClaimsTable } from '#components/claims-table.tsx';
import { IdentityCard } from '#components/identity-card.tsx';
import { PageHeading } from '#components/page-heading.tsx';
import { personName } from '#components/person-name.ts';
import { SectionCard } from '#components/section-card.tsx';
import { SignInCard } from '#components/sign-in-card.tsx';
import { TokenLifetimes } from '#components/token-lifetimes.tsx';
import { getSession, requirePage } from '#lib/access/guards.ts';
import { config } from '#lib/config.ts';

export const metadata: Metadata = { title: 'Home', robots: { index: false } };

export default async function HomePage() {
  const principal = await requirePage('/home');
  const live = await getSession();
  const { sessionLifetime, userPoolId } = config();
  const now = Math.floor(Date.now() / 1_000);

  return (
    <>
      <PageHeading heading={`Hello, ${personName(principal)}`}>
        <p>This is what your user pool says about you, and for how long.</p>
      </PageHeading>
      <div className="grid gap-5 lg:grid-cols-2">
        <IdentityCard principal={principal} />
        {live && <SignInCard live={live} userPoolId={userPoolId} now={now} />}
        {live && <TokenLifetimes live={live} sessionLifetime={sessionLifetime} now={now} />}
        <SectionCard heading="Groups">
          <Chips names={principal.groups} none="You are in no group." />
        </SectionCard>
        <SectionCard heading="Scopes">
          <Chips names={principal.scopes} none="Your access token carries no scope." />
        </SectionCard>
        <SectionCard
          heading="Claims"
          note="As your user pool made them when the tokens were last taken."
          className="lg:col-span-2"
        >
          <ClaimsTable claims={principal.claims} />
          <form method="post" action="/home/refresh" className="mt-6">
            <button type="submit" className="button-quiet">
              Get fresh claims
            </button>
          </form>
        </SectionCard>
      </div>
    </>
  );
}
