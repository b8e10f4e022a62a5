import type { TimeUnitsType } from '@aws-sdk/client-cognito-identity-provider';

const SECONDS: Record<TimeUnitsType, number> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

/** @returns seconds; with a value of 0 or none, Cognito's default (API reference: UserPoolClientType) */
export const validity = (value: number | undefined, unit: TimeUnitsType, defaultSeconds: number): number =>
  value ? value * SECONDS[unit] : defaultSeconds;

/** @returns a span in the largest unit that leaves at most one decimal, for a person */
export function inWords(seconds: number): string {
  const [name, size] =
    seconds >= 2 * SECONDS.days
      ? ['days', SECONDS.days]
      : seconds > 2 * SECONDS.hours
        ? ['hours', SECONDS.hours]
        : ['minutes', SECONDS.minutes];
  return `${Math.round((seconds / Number(size)) * 10) / 10} ${name}`;
}
