import type { TokenSource } from '../../lib/client/authorized-fetch.ts';
import { heldToken } from '../../lib/client/held-token.ts';
import { refreshTokens } from '../../lib/cognito/token-endpoint.ts';
import type { TokenClient } from '../../lib/cognito/token-request.ts';
import { Failure } from './failure.ts';
import { underLock } from './file-lock.ts';
import { isLoopback } from './settings.ts';
import { deleteSignedIn, readSignedIn, type SignedIn, writeSignedIn } from './signed-in.ts';

/** The app client of a sign-in, as token requests want it. It has no secret: an app cannot keep one (RFC 8252 section 8.5). */
export const tokenClient = ({ issuer, domain, clientId }: SignedIn): TokenClient => ({
  issuer,
  domain,
  clientId,
  clientSecret: undefined,
  allowInsecureRequests: isLoopback(domain),
});

/**
 * Refreshes the tokens in the file, one process at a time: with rotation on, the second would spend a token that the
 * first has spent already.
 * @param stale the access token that is not to be used any more
 * @returns the access token that is in the file then; the stale one when the user pool does not answer
 */
async function refreshed(file: string, stale: string): Promise<string> {
  return await underLock(file, async () => {
    const signedIn = readSignedIn(file);
    if (signedIn.accessToken !== stale) return signedIn.accessToken;
    const askedAt = Date.now();
    const outcome = await refreshTokens(tokenClient(signedIn), signedIn.refreshToken);
    if (outcome.kind === 'unavailable') return stale;
    if (outcome.kind === 'refused') {
      deleteSignedIn(file);
      throw new Failure('The sign-in has ended: run `sign-in` again.');
    }
    const { accessToken, refreshToken = signedIn.refreshToken } = outcome;
    writeSignedIn(file, { ...signedIn, accessToken, refreshToken, askedAt });
    return accessToken;
  });
}

/** The tokens of the person who is signed in on this machine, refreshed after 75 % of their life. */
export const storedTokens = (file: string): TokenSource => ({
  async token() {
    const { accessToken, askedAt } = readSignedIn(file);
    const { dueAt, expiresAt } = heldToken(accessToken, askedAt);
    if (Date.now() < dueAt) return accessToken;
    const token = await refreshed(file, accessToken);
    if (token === accessToken && Date.now() >= expiresAt)
      throw new Failure('The user pool does not answer, and the access token has expired: try again later.');
    return token;
  },
  renew: async (refused) => (await refreshed(file, refused)) !== refused,
});
