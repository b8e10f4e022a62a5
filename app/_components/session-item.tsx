import { useId } from 'react';
import type { SessionRow } from '#lib/data/tables.ts';
import { deviceWords, signInWords } from './device-words.ts';
import { Identifier } from './identifier.tsx';
import { Moment } from './moment.tsx';

type Props = {
  session: SessionRow;
  /** Whether it is the session of the browser that looks at it. */
  own: boolean;
  /** Seconds since the epoch. */
  now: number;
};

/** One signed-in browser, with the way to sign it out unless it is this one. */
export function SessionItem({ session, own, now }: Props) {
  const id = useId();
  const device = deviceWords(session, 'Unknown device');
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-5">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="font-semibold wrap-anywhere">
          {device}
          {own && (
            <span className="ml-2 inline-block rounded-xl bg-teal-tint px-2.5 text-sm leading-6 font-normal text-teal-deep">
              This device
            </span>
          )}
        </h3>
        <dl id={id} className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm leading-6">
          <dt className="text-quiet">Last seen</dt>
          <dd>
            <Moment at={session.last_seen_at} now={now} />
          </dd>
          <dt className="text-quiet">Signed in</dt>
          <dd className="wrap-anywhere">
            <Moment at={session.created_at} now={now} /> {signInWords(session.signed_in_by)}
          </dd>
          {session.address && (
            <>
              <dt className="text-quiet">Address</dt>
              <dd>
                <Identifier>{session.address}</Identifier>
              </dd>
            </>
          )}
        </dl>
      </div>
      {!own && (
        <form method="post" action="/account/sessions/end">
          <input type="hidden" name="session" value={session.id} />
          <button
            type="submit"
            className="button-quiet"
            aria-label={`Sign out ${device}`}
            aria-describedby={id}
          >
            Sign out
          </button>
        </form>
      )}
    </li>
  );
}
