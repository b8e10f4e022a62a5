import { clockWords, durationWords, relativeWords } from './time-words.ts';

/** The life of one token. All times in seconds since the epoch. */
export interface Lifetime {
  readonly name: string;
  readonly issuedAt: number;
  readonly endsAt: number;
  /** From here on the next page load takes new tokens. */
  readonly refreshDueAt?: number;
  /** True where the end is only known as a limit. */
  readonly atTheLatest?: boolean;
}

/** @returns where a moment lies in a lifetime: 0 at its beginning, 100 at its end, never outside */
export function positionIn({ issuedAt, endsAt }: Lifetime, moment: number): number {
  if (endsAt <= issuedAt) return 100;
  const share = ((moment - issuedAt) / (endsAt - issuedAt)) * 100;
  return Math.round(Math.min(100, Math.max(0, share)) * 100) / 100;
}

/** @returns what is left, or that nothing is, in few words */
export function remainingWords({ endsAt, atTheLatest }: Lifetime, now: number): string {
  const ended = endsAt <= now;
  return `${ended ? 'ended' : 'ends'} ${relativeWords(endsAt, now)}${atTheLatest && !ended ? ' at the latest' : ''}`;
}

/** @returns the picture of a lifetime as one sentence, for those who do not see it */
export function lifetimeSentence(lifetime: Lifetime, now: number): string {
  const { name, issuedAt, endsAt, refreshDueAt } = lifetime;
  const parts = [
    `${name}: issued at ${clockWords(issuedAt, now)}`,
    `now at ${Math.round(positionIn(lifetime, now))} % of its ${durationWords(Math.max(0, endsAt - issuedAt))}`,
  ];
  if (refreshDueAt !== undefined) {
    const due = `${clockWords(refreshDueAt, now)} (${relativeWords(refreshDueAt, now)})`;
    parts.push(`refreshed by the first page load after ${due}`);
  }
  parts.push(`${remainingWords(lifetime, now)}, at ${clockWords(endsAt, now)}`);
  return `${parts.join(', ')}.`;
}
