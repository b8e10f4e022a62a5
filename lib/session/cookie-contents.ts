import { z } from 'zod';

/**
 * What the `session` cookie holds. The raw ID token is not kept: its claims are, because the two together
 * would not fit into 4,096 bytes.
 */
export const sessionCookieSchema = z.object({
  /** Stops a seal that was made for something else, should the passwords ever be the same. */
  purpose: z.literal('session'),
  sessionId: z.string().min(16),
  accessToken: z.string().min(1),
  /** The claims of the verified ID token that the application uses. */
  claims: z.record(z.string(), z.unknown()),
  /** Seconds since the epoch: when this browser signed in, and when the current tokens were taken. */
  openedAt: z.number(),
  refreshedAt: z.number(),
  /** Seconds since the epoch: when the ID token behind `claims` ends. */
  claimsExpireAt: z.number(),
  /** Seconds since the epoch: from here on the next page load refreshes. */
  refreshDueAt: z.number(),
});

export type SessionCookie = z.infer<typeof sessionCookieSchema>;

export const refreshCookieSchema = z.object({
  purpose: z.literal('refresh'),
  sessionId: z.string().min(16),
  refreshToken: z.string().min(1),
});

export type RefreshCookie = z.infer<typeof refreshCookieSchema>;
