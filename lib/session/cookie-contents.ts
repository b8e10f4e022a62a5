import { z } from 'zod';

/** Grows with each sign-in and each refresh in a browser: of two sessions that it sends, the higher one is the newer. */
const generation = z.number().int().positive().max(999_999_999_999);

/**
 * What the `session` cookie holds. The raw ID token is not kept: its claims are, because the two together
 * would not fit into 4,096 bytes.
 */
export const sessionCookieSchema = z.object({
  /** Stops a seal that was made for something else, should the passwords ever be the same. */
  purpose: z.literal('session'),
  sessionId: z.string().min(16),
  generation,
  accessToken: z.string().min(1),
  /** The claims of the verified ID token that the application uses. */
  claims: z.record(z.string(), z.unknown()),
  /** Seconds since the epoch: when this browser signed in, and when the current tokens were taken. */
  openedAt: z.number(),
  refreshedAt: z.number(),
  /** Seconds since the epoch: when this browser was last here, to a hundredth of the idle lifetime. */
  seenAt: z.number(),
  /** Seconds since the epoch: when the ID token behind `claims` ends. */
  claimsExpireAt: z.number(),
  /** Seconds since the epoch: from here on the next page load refreshes. */
  refreshDueAt: z.number(),
  /** The page that asked for the ID token of the next refresh, and until when, in seconds since the epoch. */
  idTokenFor: z.object({ path: z.string(), until: z.number() }).optional(),
});

export type SessionCookie = Readonly<z.infer<typeof sessionCookieSchema>>;

export const refreshCookieSchema = z.object({
  purpose: z.literal('refresh'),
  sessionId: z.string().min(16),
  generation,
  refreshToken: z.string().min(1),
});

export type RefreshCookie = z.infer<typeof refreshCookieSchema>;

/** What the `refresh` cookie beside a session holds. */
export const refreshContents = (session: SessionCookie, refreshToken: string): RefreshCookie => ({
  purpose: 'refresh',
  sessionId: session.sessionId,
  generation: session.generation,
  refreshToken,
});
