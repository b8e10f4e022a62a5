import { returnPath } from '../http/return-to.ts';

/** What the sign-in page is told: where to return to, and why the person was brought there. */
export interface SignInReason {
  returnTo: string;
  /** `recent`: signed in already, but too long ago for the page. */
  reason?: 'recent' | 'ended';
}

/** @returns the path of the sign-in page that brings a person back to `returnTo` */
export function signInPath({ returnTo, reason }: SignInReason): string {
  const query = new URLSearchParams({ returnTo: returnPath(returnTo) });
  if (reason) query.set('reason', reason);
  return `/sign-in?${query}`;
}
