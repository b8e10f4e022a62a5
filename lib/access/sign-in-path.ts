import { returnPath } from '../http/return-to.ts';
import type { StepUp } from './policy.ts';

/** What the sign-in page is told: where to return to, and why the person was brought there. */
interface SignInReason {
  returnTo: string;
  /** `recent` and `mfa`: signed in already, but too long ago, or without the second factor that is asked for. */
  reason?: 'recent' | 'mfa' | 'ended';
}

/** @returns the path of the sign-in page that brings a person back to `returnTo` */
export function signInPath({ returnTo, reason }: SignInReason): string {
  const query = new URLSearchParams({ returnTo: returnPath(returnTo) });
  if (reason) query.set('reason', reason);
  return `/sign-in?${query}`;
}

/** @returns the path of the sign-in page for somebody who is signed in, and not well enough for `returnTo` */
export const stepUpPath = (returnTo: string, missing: StepUp): string =>
  signInPath({ returnTo, reason: missing === 'second_factor_missing' ? 'mfa' : 'recent' });
