import { sealData, unsealData } from 'iron-session';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { SessionCookie } from './cookie-contents.ts';
import { passwordsFor } from './cookies.ts';

/** Of the request that the middleware hands on to a page. It never leaves the server. */
const HEADER = 'x-id-token-hand-over';

/** In seconds: the page is rendered at once. */
const LIFETIME = 60;

const contents = z.object({
  purpose: z.literal('id token'),
  sessionId: z.string(),
  generation: z.number(),
  idToken: z.string().min(1),
});

/** Takes away what a sender put there. @returns whether somebody did */
export function takeHandOverAway(headers: Headers): boolean {
  const planted = headers.has(HEADER);
  if (planted) headers.delete(HEADER);
  return planted;
}

/** Hands a fresh ID token to the page that a request is for, sealed (docs/decisions/015-id-token-hand-over.md). */
export async function handOver(
  config: Config,
  headers: Headers,
  { sessionId, generation }: SessionCookie,
  idToken: string,
): Promise<void> {
  const handed: z.infer<typeof contents> = { purpose: 'id token', sessionId, generation, idToken };
  const password = passwordsFor(config, 'id token');
  headers.set(HEADER, await sealData(handed, { password, ttl: LIFETIME }));
}

/** @returns the ID token that the middleware has just been given for this session; undefined where it was not asked for */
export async function handedOver(
  config: Config,
  headers: Pick<Headers, 'get'>,
  { sessionId, generation }: SessionCookie,
): Promise<string | undefined> {
  const sealed = headers.get(HEADER);
  if (!sealed) return undefined;
  const password = passwordsFor(config, 'id token');
  const { data } = contents.safeParse(await unsealData(sealed, { password, ttl: LIFETIME }));
  return data?.sessionId === sessionId && data.generation === generation ? data.idToken : undefined;
}
