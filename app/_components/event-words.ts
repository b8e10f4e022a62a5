import type { EndedBy, SecurityEventKind, SecurityEventRow } from '#lib/data/tables.ts';
import { signInWords } from './device-words.ts';

const kinds: Record<SecurityEventKind, string> = {
  'signed in': 'Signed in',
  'signed out': 'Signed out',
  'session ended': 'Session ended',
  'refresh refused': 'The user pool refused to renew a session',
  'password changed': 'Password changed',
  'signed out by administrator': 'Signed out everywhere by an administrator',
};

const endings: Record<EndedBy, string> = {
  'this browser': 'in its own browser',
  'another device': 'from another device',
  everywhere: 'by a sign-out everywhere',
  administrator: 'by an administrator',
  'new sign-in': 'by a new sign-in in the same browser',
  'refresh refused': 'because the user pool refused to renew it',
};

const isEnding = (detail: string): detail is EndedBy => Object.hasOwn(endings, detail);

/**
 * @param many whether it happened to several sessions at once
 * @returns what happened to an account, in words for its person
 */
export function eventWords(
  { kind, detail }: Pick<SecurityEventRow, 'kind' | 'detail'>,
  many = false,
): string {
  if (kind === 'signed in' && detail) return `${kinds[kind]} ${signInWords(detail)}`;
  if (kind !== 'session ended') return kinds[kind];
  const what = many ? 'Several sessions ended' : kinds[kind];
  return detail && isEnding(detail) ? `${what} ${endings[detail]}` : what;
}

/** An event, or several that are one to the person: each session that a sign-out everywhere ended, say. */
export interface ToldEvent {
  event: SecurityEventRow;
  many: boolean;
}

/** @returns the events in their order, those of the same moment and the same words as one */
export function toldEvents(events: readonly SecurityEventRow[]): ToldEvent[] {
  const told = new Map<string, ToldEvent>();
  for (const event of events) {
    const key = `${event.at} ${event.kind} ${event.detail}`;
    told.set(key, { event: told.get(key)?.event ?? event, many: told.has(key) });
  }
  return [...told.values()];
}
