import type { SecurityEventRow } from '#lib/data/tables.ts';
import { deviceWords } from './device-words.ts';
import { eventWords, type ToldEvent, toldEvents } from './event-words.ts';
import { FoldedList } from './folded-list.tsx';
import { Identifier } from './identifier.tsx';
import { Moment } from './moment.tsx';
import { SectionCard } from './section-card.tsx';
import { Unreadable } from './unreadable.tsx';

type Props = {
  /** Undefined while the database cannot be read. */
  events: readonly SecurityEventRow[] | undefined;
  /** Seconds since the epoch. */
  now: number;
};

/** What happened to a person's account of late, the latest first. */
export function EventList({ events, now }: Props) {
  return (
    <SectionCard
      heading="Recent security events"
      note="If you do not recognise one of them, change your password and sign out everywhere."
    >
      {!events && <Unreadable>The events of your account cannot be read at the moment.</Unreadable>}
      {events?.length === 0 && <p className="text-quiet">Nothing has been recorded yet.</p>}
      <FoldedList
        items={toldEvents(events ?? []).map((told) => (
          <EventItem key={told.event.id} told={told} now={now} />
        ))}
        shown={10}
        more="events"
      />
    </SectionCard>
  );
}

function EventItem({ told: { event, many }, now }: { told: ToldEvent; now: number }) {
  const device = deviceWords(event, '');
  return (
    <li className="py-3.5">
      <p className="wrap-anywhere">{eventWords(event, many)}</p>
      {event.kind === 'signed out by administrator' && event.detail && (
        <p className="wrap-anywhere">“{event.detail}”</p>
      )}
      <p className="mt-0.5 text-sm leading-6 wrap-anywhere text-quiet">
        <Moment at={event.at} now={now} />
        {device && ` · ${device}`}
        {event.address && (
          <>
            {' · '}
            <Identifier>{event.address}</Identifier>
          </>
        )}
      </p>
    </li>
  );
}
