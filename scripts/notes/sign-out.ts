import { revokeRefreshToken } from '../../lib/cognito/token-endpoint.ts';
import { Failure } from './failure.ts';
import { underLock } from './file-lock.ts';
import { note } from './output.ts';
import { deleteSignedIn, readSignedIn } from './signed-in.ts';
import { tokenClient } from './stored-tokens.ts';

/**
 * Revokes the refresh token, which ends the access token as well, and deletes the file in any case.
 * @throws Failure when nobody is signed in, or when the user pool did not confirm it
 */
export async function signOut(file: string): Promise<void> {
  const before = readSignedIn(file);
  const revoked = await underLock(file, async () => {
    const { refreshToken } = readSignedIn(file);
    deleteSignedIn(file);
    return await revokeRefreshToken(tokenClient(before), refreshToken);
  });
  if (!revoked)
    throw new Failure(
      'The tokens are deleted here, but the user pool did not confirm that they are revoked.',
    );
  note('Signed out. The browser may still be signed in at the user pool’s own pages.');
}
