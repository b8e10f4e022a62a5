import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { createAuthSession, findAuthSession, markAuthSessionUsed } from '../store/auth-sessions.ts';
import { insertWebAuthnCredential, listWebAuthnCredentials } from '../store/web-authn-credentials.ts';
import type { AppClient } from './app-client.ts';
import type { User } from './user.ts';
import type { UserPool } from './user-pool.ts';
import { allowsPasskeys, isOriginOf, readClientData, relyingPartyIdOf } from './web-authn.ts';
import { webAuthnLibrary } from './web-authn-library.ts';
import { hasNoCertificates, readRegistrationResponse } from './web-authn-response.ts';

/** Who registers, and through which client. */
export interface Registrant {
  userPool: UserPool;
  client: AppClient;
  user: User;
}

const REGISTRATION = 'WEB_AUTHN_REGISTRATION';
/** Passkeys of one user (Cognito: quotas). */
const MOST_PASSKEYS = 20;
/** ES256 and RS256 (Cognito: StartWebAuthnRegistration). */
const ALGORITHMS = [-7, -257];

/**
 * Begins to register a passkey: what a browser must be given (Cognito: StartWebAuthnRegistration; WebAuthn section 5.4).
 * The challenge is the value of a session, so that it is good once, for a while, and for this user and client.
 * @throws CognitoError WebAuthnNotEnabledException, WebAuthnConfigurationMissingException, LimitExceededException
 */
export async function startPasskeyRegistration(pool: LocalPool, { userPool, client, user }: Registrant) {
  requireEnabled(userPool);
  const rpID = relyingPartyIdOf(pool, userPool);
  const registered = listWebAuthnCredentials(pool, userPool.id, user.sub);
  if (registered.length >= MOST_PASSKEYS) throw tooManyPasskeys();
  const session = { userPoolId: userPool.id, clientId: client.clientId, sub: user.sub, state: {} };
  const challenge = createAuthSession(
    pool,
    { ...session, challenge: REGISTRATION },
    client.authSessionValidity,
  );
  const { generateRegistrationOptions } = await webAuthnLibrary();
  const options = await generateRegistrationOptions({
    rpID,
    rpName: rpID,
    userID: Buffer.from(user.sub),
    userName: user.username,
    userDisplayName: user.username,
    challenge: Buffer.from(challenge, 'base64'),
    timeout: 60_000,
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: registered.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: {
      requireResidentKey: true,
      residentKey: 'required',
      userVerification: userPool.webAuthn.userVerification,
    },
  });
  const { rp, user: person, challenge: encoded, pubKeyCredParams, timeout } = options;
  const { excludeCredentials, authenticatorSelection } = options;
  return {
    rp,
    user: person,
    challenge: encoded,
    pubKeyCredParams,
    timeout,
    excludeCredentials,
    authenticatorSelection,
  };
}

/**
 * Registers the passkey that an authenticator has made (Cognito: CompleteWebAuthnRegistration; WebAuthn section 7.1).
 * @param given a RegistrationResponseJSON, from anyone
 * @throws CognitoError InvalidParameterException, LimitExceededException, or one of the WebAuthn exceptions
 */
export async function completePasskeyRegistration(
  pool: LocalPool,
  { userPool, client, user }: Registrant,
  given: unknown,
): Promise<void> {
  requireEnabled(userPool);
  const relyingPartyId = relyingPartyIdOf(pool, userPool);
  const response = readRegistrationResponse(given);
  const signed = response && readClientData(response.response.clientDataJSON);
  if (!response || !signed)
    throw new CognitoError('InvalidParameterException', 'Credential is no registration response.');
  spendChallenge(pool, { userPool, client, user }, signed.challenge);
  if (!isOriginOf(relyingPartyId, signed.origin))
    throw new CognitoError(
      'WebAuthnOriginNotAllowedException',
      'The origin of the credential does not belong to the relying party ID.',
    );
  const { credential } = await verify(response, signed, relyingPartyId, userPool);
  const attachment = response.authenticatorAttachment;
  const added = pool.store.transaction(() => {
    if (listWebAuthnCredentials(pool, userPool.id, user.sub).length >= MOST_PASSKEYS) throw tooManyPasskeys();
    return insertWebAuthnCredential(pool, {
      credentialId: credential.id,
      userPoolId: userPool.id,
      sub: user.sub,
      createdAt: pool.clock.now(),
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: response.response.transports ?? [],
      ...(attachment !== undefined && { attachment }),
      friendlyName: attachment === 'cross-platform' ? 'Security key' : 'Passkey',
      relyingPartyId,
    });
  });
  if (!added) throw unsupported();
}

/** @throws CognitoError WebAuthnChallengeNotFoundException, WebAuthnClientMismatchException */
function spendChallenge(pool: LocalPool, { client, user }: Registrant, challenge: string): void {
  const value = Buffer.from(challenge, 'base64url').toString('base64');
  const session = findAuthSession(pool, value);
  const isTheirs =
    session?.challenge === REGISTRATION && session.sub === user.sub && session.userPoolId === user.userPoolId;
  if (!session || !isTheirs || session.expiresAt <= pool.clock.now()) throw challengeNotFound();
  if (session.clientId !== client.clientId)
    throw new CognitoError(
      'WebAuthnClientMismatchException',
      'The registration was started with another app client.',
    );
  if (!markAuthSessionUsed(pool, value)) throw challengeNotFound();
}

/** Whatever else is wrong with it, an authenticator that is fit for Cognito would not have made it. */
async function verify(
  response: NonNullable<ReturnType<typeof readRegistrationResponse>>,
  signed: NonNullable<ReturnType<typeof readClientData>>,
  relyingPartyId: string,
  { webAuthn }: UserPool,
) {
  if (!hasNoCertificates(response.response.attestationObject)) throw unsupported();
  const { verifyRegistrationResponse } = await webAuthnLibrary();
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: signed.challenge,
      expectedOrigin: signed.origin,
      expectedRPID: relyingPartyId,
      requireUserVerification: webAuthn.userVerification === 'required',
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (registrationInfo) return registrationInfo;
  } catch (error) {
    if (error instanceof Error && error.name === 'UnexpectedRPIDHash')
      throw new CognitoError(
        'WebAuthnRelyingPartyMismatchException',
        'The credential was made for another relying party ID.',
      );
  }
  throw unsupported();
}

function requireEnabled(userPool: UserPool): void {
  if (!allowsPasskeys(userPool))
    throw new CognitoError('WebAuthnNotEnabledException', 'Passkeys are not enabled in the user pool.');
}

const challengeNotFound = (): CognitoError =>
  new CognitoError('WebAuthnChallengeNotFoundException', 'The challenge is unknown, used or expired.');

const unsupported = (): CognitoError =>
  new CognitoError('WebAuthnCredentialNotSupportedException', 'The credential is not supported.');

const tooManyPasskeys = (): CognitoError =>
  new CognitoError('LimitExceededException', `A user may have ${MOST_PASSKEYS} passkeys.`);
