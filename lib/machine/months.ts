import { z } from 'zod';
import { dayOf } from './usage-day.ts';

/** A UTC month, as `2026-11`. */
export const month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'must look like 2026-11');

/** @param now milliseconds since the epoch */
export const monthOf = (now: number): string => dayOf(now).slice(0, 7);

/** @returns the month that is so many after a month, or before it when negative */
export function monthsAfter(from: string, count: number): string {
  const [year = 0, number = 0] = from.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}
