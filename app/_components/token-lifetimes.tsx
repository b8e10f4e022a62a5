import type { ReactNode } from 'react';
import type { LiveSession } from '#lib/session/current.ts';
import type { Lifetime } from './lifetime.ts';
import { LifetimeBar } from './lifetime-bar.tsx';
import { SectionCard } from './section-card.tsx';

type Props = {
  live: LiveSession;
  /** How long a session may last at the most, in seconds. */
  sessionLifetime: number;
  /** Seconds since the epoch. */
  now: number;
};

/** The lives of a session's three tokens, each on a scale of its own, and never a token. */
export function TokenLifetimes({ live: { session, access }, sessionLifetime, now }: Props) {
  const lifetimes: Lifetime[] = [
    { name: 'ID token', issuedAt: access.iat, endsAt: session.claimsExpireAt },
    {
      name: 'Access token',
      issuedAt: access.iat,
      endsAt: access.exp,
      refreshDueAt: session.refreshDueAt,
    },
    {
      name: 'Refresh token',
      issuedAt: session.openedAt,
      endsAt: session.openedAt + sessionLifetime,
      atTheLatest: true,
    },
  ];
  return (
    <SectionCard
      heading="Your tokens"
      note="Sealed into cookies that only the server opens. Each bar is the life of one token, from left to right."
      className="lg:col-span-2"
    >
      <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm text-quiet" aria-hidden="true">
        <Key className="bg-ink">now</Key>
        <Key className="bg-teal">time left</Key>
      </ul>
      <div className="mt-6 space-y-7">
        {lifetimes.map((lifetime) => (
          <LifetimeBar key={lifetime.name} lifetime={lifetime} now={now} />
        ))}
      </div>
    </SectionCard>
  );
}

function Key({ className, children }: { className: string; children: ReactNode }) {
  return (
    <li className="inline-flex items-center gap-2">
      <span className={`h-4 w-1 rounded-full ${className}`} />
      {children}
    </li>
  );
}
