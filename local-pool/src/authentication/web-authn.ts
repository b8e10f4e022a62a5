import type { LocalPool } from '../local-pool.ts';
import { isBothFactors } from '../model/first-factors.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { relyingPartyIdOf } from '../model/web-authn.ts';
import { webAuthnLibrary } from '../model/web-authn-library.ts';
import { listWebAuthnCredentials } from '../store/web-authn-credentials.ts';
import type { Attempt, Challenge, Progress } from './attempt.ts';
import { ask } from './open-challenge.ts';

/** Milliseconds that a browser is told to wait for the person (Cognito: WEB_AUTHN). */
const TIMEOUT_MS = 180_000;

/** Whether a user has registered a passkey. */
export function hasPasskey(pool: LocalPool, user: User): boolean {
  return listWebAuthnCredentials(pool, user.userPoolId, user.sub).length > 0;
}

/** Whether an assertion must show that the person was verified and not only there: always where it stands for both factors. */
export function wantsUserVerification(userPool: UserPool, user: User | undefined): boolean {
  return userPool.webAuthn.userVerification === 'required' || isBothFactors(userPool, user);
}

/**
 * Asks for a signature by one of the user's passkeys (Cognito: WEB_AUTHN; WebAuthn section 5.5).
 * @throws CognitoError WebAuthnConfigurationMissingException
 */
export async function askWebAuthn(attempt: Attempt, user: User, progress: Progress): Promise<Challenge> {
  const options = await passkeyRequestOptions(attempt, user);
  return ask(
    attempt,
    'WEB_AUTHN',
    { user, progress, state: { challenge: options.challenge } },
    { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
  );
}

/**
 * What a browser is told to ask an authenticator for (WebAuthn section 5.5).
 * @param challenge base64url, of a challenge that is open already; absent = a new one
 * @throws CognitoError WebAuthnConfigurationMissingException
 */
export async function passkeyRequestOptions({ pool, userPool }: Attempt, user: User, challenge?: string) {
  const { generateAuthenticationOptions } = await webAuthnLibrary();
  const { timeout, rpId, allowCredentials, userVerification, ...made } = await generateAuthenticationOptions({
    rpID: relyingPartyIdOf(pool, userPool),
    timeout: TIMEOUT_MS,
    userVerification: wantsUserVerification(userPool, user) ? 'required' : 'preferred',
    allowCredentials: listWebAuthnCredentials(pool, userPool.id, user.sub).map(
      ({ credentialId, transports }) => ({ id: credentialId, transports }),
    ),
    ...(challenge !== undefined && { challenge: Buffer.from(challenge, 'base64url') }),
  });
  return { challenge: made.challenge, timeout, rpId, allowCredentials, userVerification };
}
