import { clockWords, relativeWords } from './time-words.ts';

/** A moment by the clock and by its distance; both in seconds since the epoch. */
export function Moment({ at, now }: { at: number; now: number }) {
  return (
    <>
      <time dateTime={new Date(at * 1_000).toISOString()}>{clockWords(at, now)}</time>{' '}
      <span className="whitespace-nowrap text-quiet">({relativeWords(at, now)})</span>
    </>
  );
}
