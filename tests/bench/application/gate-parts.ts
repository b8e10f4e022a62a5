import { runProgram } from '../load.ts';

/** What the gate and the guard of a page consist of. */
export const partNames = ['unseal', 'verify', 'registry', 'policy'] as const;
export type PartName = (typeof partNames)[number];

/** Microseconds: the median, and what one time in a hundred exceeds. */
export interface Cost {
  median: number;
  p99: number;
}

/** Of the first time for a cookie, and of the next. */
export type GateParts = Record<PartName, { cold: Cost; warm: Cost }>;

/**
 * Times the parts one by one, in a process of its own.
 * @param environment of the application whose sessions these are
 * @param cookies Cookie headers, each of another session
 */
export const measureGateParts = (
  environment: Record<string, string>,
  cookies: string[],
): Promise<GateParts> => runProgram('application/gate-parts-program.ts', { cookies }, environment);
