import { returnPath } from '../http/return-to.ts';

/**
 * A page cannot clear cookies, so a browser whose session was ended elsewhere is sent to an address that can.
 * @param second whether it has been there a moment ago
 * @returns that address, which goes on to the sign-in page and from there back to `returnTo`
 */
export const endedSessionPath = (returnTo: string, second = false): string =>
  `/api/session/ended?${new URLSearchParams({ returnTo: returnPath(returnTo), ...(second && { second: 'true' }) })}`;
