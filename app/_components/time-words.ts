const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const units = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [1, 'second'],
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** The largest unit of which there are at least two, or one exactly: 90 minutes stay minutes. */
function inUnit(seconds: number): [number, (typeof units)[number][1]] {
  const [size, unit] = units.find(([size]) => seconds >= 2 * size || seconds === size) ?? [1, 'second'];
  return [Math.floor(seconds / size), unit];
}

/** @returns a length of time in words, rounded down, as "42 minutes" @param seconds zero or more */
export function durationWords(seconds: number): string {
  const [count, unit] = inUnit(seconds);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** @returns how far a moment is from now, as "in 42 minutes" or "3 days ago"; both in seconds since the epoch */
export function relativeWords(moment: number, now: number): string {
  const distance = moment - now;
  if (distance === 0) return 'now';
  const [count, unit] = inUnit(Math.abs(distance));
  return relative.format(distance < 0 ? -count : count, unit);
}

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/**
 * @returns a moment as "14:05 UTC", with the date before it unless it is today's. The server does not know the
 * time zone of the person who reads, so it names its own; both in seconds since the epoch
 */
export function clockWords(moment: number, now: number): string {
  const date = calendar.format(moment * 1_000);
  const time = `${clock.format(moment * 1_000)} UTC`;
  return date === calendar.format(now * 1_000) ? time : `${date}, ${time}`;
}
