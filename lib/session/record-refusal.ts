import type { Config } from '../config.ts';
import type { Cookies } from './cookies.ts';
import type { LiveSession } from './current.ts';
import { endRefusedSession } from './end-recorded.ts';
import { clearRefusalNote, type RefusalNote, readRefusalNote } from './refusal-note.ts';
import type { Visitor } from './visitor.ts';

/** A late response may have brought an older generation back: that one did not win. */
const hasNewer = (note: RefusalNote, current: LiveSession | undefined): boolean =>
  current?.session.sessionId === note.sessionId && current.session.generation > note.generation;

/** @returns whether this browser was refused and has, so far, nothing newer of that session */
export async function lostSession(
  config: Config,
  cookies: Cookies,
  current: LiveSession | undefined,
): Promise<boolean> {
  const note = await readRefusalNote(config, cookies);
  return note !== undefined && !hasNewer(note, current);
}

/**
 * Records what the middleware has left a note of: the user pool refused the refresh token of a session. Where this
 * browser has a newer generation of the same session by now, two of its requests met, and the other one won.
 * @param current the session that this browser has now
 * @returns whether a session is over
 */
export async function recordRefusal(
  config: Config,
  cookies: Cookies,
  visitor: Visitor,
  current: LiveSession | undefined,
): Promise<boolean> {
  const note = await readRefusalNote(config, cookies);
  if (!note) return false;
  const goesOn = hasNewer(note, current);
  // While it cannot be recorded the note stays, for the next visit.
  const recorded = goesOn || (await endRefusedSession(note, visitor).catch(() => undefined));
  if (recorded) clearRefusalNote(config, cookies);
  return !goesOn;
}
