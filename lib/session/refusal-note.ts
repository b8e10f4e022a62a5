import { sealData, unsealData } from 'iron-session';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { SessionCookie } from './cookie-contents.ts';
import { type Cookies, cookieAttributes, cookieName, expireCookie, jarOf, passwordsFor } from './cookies.ts';

/**
 * What the middleware, which has no database, tells those who have one: the user pool refused a session's refresh
 * token. Either it ran out or was revoked, or somebody else has used it (RFC 9700 section 4.14.2).
 */
const noteSchema = z.object({
  purpose: z.literal('refusal'),
  sessionId: z.string(),
  sub: z.string(),
  generation: z.number(),
});

export type RefusalNote = z.infer<typeof noteSchema>;

/** In seconds: a day, for a person who leaves it at that and comes back later. */
const LIFETIME = 86_400;

const nameOf = (config: Config): string => cookieName(config, 'refusal');

/** Leaves the note in the browser, sealed. */
export async function writeRefusalNote(
  config: Config,
  cookies: Cookies,
  { sessionId, generation, claims }: SessionCookie,
): Promise<void> {
  const note: RefusalNote = { purpose: 'refusal', sessionId, generation, sub: String(claims.sub) };
  const sealed = await sealData(note, { password: passwordsFor(config, 'refusal'), ttl: LIFETIME });
  jarOf(cookies).write(nameOf(config), sealed, { ...cookieAttributes(config), maxAge: LIFETIME });
}

/** @returns the note that a browser brings; undefined for none, and for one that is not ours */
export async function readRefusalNote(config: Config, cookies: Cookies): Promise<RefusalNote | undefined> {
  const sealed = jarOf(cookies).read(nameOf(config));
  if (!sealed) return undefined;
  const note = await unsealData(sealed, { password: passwordsFor(config, 'refusal'), ttl: LIFETIME });
  return noteSchema.safeParse(note).data;
}

/** Takes the note away once somebody has read it. */
export const clearRefusalNote = (config: Config, cookies: Cookies): void =>
  expireCookie(config, cookies, nameOf(config));
