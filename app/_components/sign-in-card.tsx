import type { LiveSession } from '#lib/session/current.ts';
import { Facts } from './facts.tsx';
import { Identifier } from './identifier.tsx';
import { Moment } from './moment.tsx';
import { SectionCard } from './section-card.tsx';

type Props = {
  live: LiveSession;
  userPoolId: string;
  /** Seconds since the epoch. */
  now: number;
};

/** When and through what the person signed in. A refresh moves the second moment and never the first. */
export function SignInCard({ live: { session, access }, userPoolId, now }: Props) {
  const signedInAt = access.auth_time;
  return (
    <SectionCard heading="How you signed in">
      <Facts
        facts={[
          ['Signed in', signedInAt && <Moment key="signed-in" at={signedInAt} now={now} />],
          ['Tokens taken', <Moment key="taken" at={session.refreshedAt} now={now} />],
          ['User pool', <Identifier key="pool">{userPoolId}</Identifier>],
          ['App client', <Identifier key="client">{access.client_id}</Identifier>],
        ]}
      />
    </SectionCard>
  );
}
