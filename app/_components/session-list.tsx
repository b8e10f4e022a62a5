import type { SessionRow } from '#lib/data/tables.ts';
import { MOST_SESSIONS } from '#lib/session/registry.ts';
import { FoldedList } from './folded-list.tsx';
import { SectionCard } from './section-card.tsx';
import { SessionItem } from './session-item.tsx';
import { Unreadable } from './unreadable.tsx';

type Props = {
  /** Undefined while the registry cannot be read. */
  sessions: readonly SessionRow[] | undefined;
  /** The id of this browser's session. */
  ownId: string | undefined;
  /** Seconds since the epoch. */
  now: number;
};

/** The browsers that a person is signed in with, this one first. */
export function SessionList({ sessions, ownId, now }: Props) {
  const isOwn = ({ id }: SessionRow) => id === ownId;
  const others = sessions?.filter((session) => !isOwn(session)) ?? [];
  const inOrder = [...(sessions?.filter(isOwn) ?? []), ...others];
  return (
    <SectionCard heading="Signed-in devices">
      {!sessions && <Unreadable>The list of your devices cannot be read at the moment.</Unreadable>}
      <FoldedList
        items={inOrder.map((session) => (
          <SessionItem key={session.id} session={session} own={isOwn(session)} now={now} />
        ))}
        shown={8}
        more="devices"
      />
      {sessions && sessions.length >= MOST_SESSIONS && (
        <p className="mt-5 text-quiet">
          These are the {MOST_SESSIONS} that were used last. To sign out all other devices ends any older ones
          too.
        </p>
      )}
      {sessions && others.length === 0 && (
        <p className="mt-5 border-t border-edge pt-5 text-quiet">No other device is signed in.</p>
      )}
      {others.length > 0 && (
        <form method="post" action="/account/sessions/end-others" className="mt-6 border-t border-edge pt-6">
          <button type="submit" className="button-quiet">
            Sign out all other devices
          </button>
        </form>
      )}
    </SectionCard>
  );
}
