import type { Principal } from '#lib/access/principal.ts';
import { Facts } from './facts.tsx';
import { Identifier } from './identifier.tsx';
import { SectionCard } from './section-card.tsx';

const text = (claim: unknown): string | undefined => (typeof claim === 'string' ? claim : undefined);

export function IdentityCard({ principal: { claims, username, sub } }: { principal: Principal }) {
  return (
    <SectionCard heading="Who you are">
      <Facts
        facts={[
          ['Name', text(claims.name)],
          ['E-mail', text(claims.email)],
          ['User name', <Identifier key="username">{username}</Identifier>],
          ['Subject', <Identifier key="sub">{sub}</Identifier>],
        ]}
      />
    </SectionCard>
  );
}
