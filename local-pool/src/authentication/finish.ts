import { CognitoError } from '../errors.ts';
import { runPostAuthentication } from '../lambda/post-authentication.ts';
import type { NewDevice } from '../model/device.ts';
import { issueRefreshToken } from '../store/refresh-tokens.ts';
import { insertTokenFamily, revokeTokenFamily } from '../store/token-families.ts';
import { findUser } from '../store/users.ts';
import { type IssuedTokens, issueUserTokens } from '../tokens.ts';
import type { Attempt, Progress } from './attempt.ts';
import { deviceOfSignIn, knownDevice } from './devices.ts';
import { notAuthorized } from './refusals.ts';

/** The scope of tokens that the API gives out: whoever holds one may look after their own account. */
const API_SCOPES = ['aws.cognito.signin.user.admin'];

export interface AuthenticationResult extends IssuedTokens {
  refreshToken: string;
  /** What the client may confirm, where the pool tracks devices and does not know this one. */
  newDevice?: NewDevice;
}

/**
 * Ends a sign-in at the API with tokens, after the post authentication trigger (Cognito: InitiateAuth).
 * @throws CognitoError of the triggers, or because the user has gone meanwhile
 */
export async function issueApiTokens(
  attempt: Attempt,
  sub: string,
  progress: Progress,
): Promise<AuthenticationResult> {
  const { pool, userPool, client, clientMetadata } = attempt;
  const signedIn = presentUser(attempt, sub);
  await runPostAuthentication(pool, userPool, client, signedIn, {
    newDeviceUsed: userPool.deviceConfiguration !== undefined && !knownDevice(attempt, signedIn, progress),
    clientMetadata,
  });
  const user = presentUser(attempt, sub);
  const now = pool.clock.now();
  const { family, refreshToken, newDevice } = pool.store.transaction(() => {
    const { deviceKey, newDevice } = deviceOfSignIn(attempt, user, progress);
    const begun = insertTokenFamily(pool, {
      userPoolId: userPool.id,
      clientId: client.clientId,
      sub,
      ...(deviceKey !== undefined && { deviceKey }),
      scopes: API_SCOPES,
      hosted: false,
      authTime: now,
      methods: progress.methods ?? [],
      expiresAt: now + client.validity.refresh * 1000,
    });
    return { family: begun, refreshToken: issueRefreshToken(pool, begun.originJti), newDevice };
  });
  try {
    const subject = { userPool, client, user, family };
    return {
      ...(await issueUserTokens(pool, subject, progress.tokenSource, { clientMetadata })),
      refreshToken,
      ...(newDevice && { newDevice }),
    };
  } catch (error) {
    revokeTokenFamily(pool, family.originJti);
    throw error;
  }
}

/** As the user is now: a trigger may have changed them. */
function presentUser({ pool, userPool }: Attempt, sub: string) {
  const user = findUser(pool, userPool.id, sub);
  if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return user;
}
