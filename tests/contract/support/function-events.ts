import { existsSync, readFileSync } from 'node:fs';
import type { TriggerEvent } from './record-event.ts';

/** The events that functions were given for a user pool, in order. @param file as Target.functionEvents. */
export function functionEvents(file: string, userPoolId: string): TriggerEvent[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TriggerEvent)
    .filter((event) => event.userPoolId === userPoolId);
}
