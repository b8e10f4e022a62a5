import type { SessionCookie } from '../../lib/session/cookie-contents.ts';
import { sub } from './signed-tokens.ts';

/** What the session cookie holds for a sign-in at `now`, in seconds since the epoch. */
export const sessionOf = (accessToken: string, now: number): SessionCookie => ({
  purpose: 'session',
  sessionId: '7a1f4c0e-3d0c-4a51-9c7e-0b2f5f1f9d11',
  generation: now,
  accessToken,
  claims: { sub, email: 'ada@example.com', 'custom:plan': 'pro' },
  openedAt: now,
  refreshedAt: now,
  seenAt: now,
  claimsExpireAt: now + 3_600,
  refreshDueAt: now + 2_700,
});
