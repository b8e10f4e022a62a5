import type { Metadata } from 'next';
import { DoneNotice } from '#components/done-notice.tsx';
import { EventList } from '#components/event-list.tsx';
import { FormProblem } from '#components/form-problem.tsx';
import { ifReadable } from '#components/if-readable.ts';
import { PageHeading } from '#components/page-heading.tsx';
import { SectionCard } from '#components/section-card.tsx';
import { SessionList } from '#components/session-list.tsx';
import { getSession, requirePage } from '#lib/access/guards.ts';
import { isErrorCode } from '#lib/errors.ts';
import { listSessions } from '#lib/session/registry.ts';
import { recentEvents } from '#lib/session/security-events.ts';

export const metadata: Metadata = { title: 'Sessions', robots: { index: false } };

const done = {
  ended: 'The device is signed out.',
  'ended-before': 'That device was signed out already.',
  'ended-others': 'All your other devices are signed out.',
};

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function SessionsPage({ searchParams }: { searchParams: Query }) {
  const { sub } = await requirePage('/account/sessions');
  const live = await getSession();
  const query = await searchParams;
  const now = Math.floor(Date.now() / 1_000);
  const [sessions, events] = await Promise.all([
    ifReadable(listSessions(sub, now)),
    ifReadable(recentEvents(sub)),
  ]);
  return (
    <>
      <PageHeading heading="Your sessions">
        <p>Where you are signed in. Sign out whatever you do not recognise.</p>
      </PageHeading>
      <DoneNotice texts={done} done={query.done} />
      <FormProblem code={isErrorCode(query.error) ? query.error : undefined} />
      <div className="grid gap-5">
        <SessionList sessions={sessions} ownId={live?.session.sessionId} now={now} />
        <SectionCard
          heading="Sign out everywhere"
          note="Ends every session, this one included, and the sign-ins of your mobile apps. You then sign in again wherever you want to go on."
        >
          <form method="post" action="/account/sessions/end-everywhere">
            <button type="submit" className="button-quiet">
              Sign out everywhere
            </button>
          </form>
        </SectionCard>
        <EventList events={events} now={now} />
      </div>
    </>
  );
}
