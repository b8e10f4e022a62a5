import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { withMethod } from '../../model/authentication-methods.ts';
import { isBothFactors } from '../../model/first-factors.ts';
import { isOriginOf, readClientData, relyingPartyIdOf } from '../../model/web-authn.ts';
import { webAuthnLibrary } from '../../model/web-authn-library.ts';
import { readAuthenticationResponse } from '../../model/web-authn-response.ts';
import {
  findWebAuthnCredential,
  updateWebAuthnCounter,
  type WebAuthnCredential,
} from '../../store/web-authn-credentials.ts';
import type { Attempt } from '../attempt.ts';
import { afterFirstFactor } from '../next-step.ts';
import { type AnswerChallenge, type OpenChallenge, spend } from '../open-challenge.ts';
import { incorrectCredentials, invalidParameter, requireParameter } from '../refusals.ts';
import { requireSignInStatus } from '../user-status.ts';
import { wantsUserVerification } from '../web-authn.ts';

/**
 * Judges the signature of a passkey (Cognito: WEB_AUTHN; WebAuthn section 7.2). Right or wrong, the challenge is spent.
 * For users who have switched that on it stands for both factors.
 */
export const answerWebAuthn: AnswerChallenge = async (attempt, open, responses) => {
  const { pool, userPool } = attempt;
  const { user, progress } = open;
  const response = readAuthenticationResponse(requireParameter(responses, 'CREDENTIAL'));
  if (!response) throw invalidParameter('CREDENTIAL is no authentication response.');
  spend(attempt, open);
  const credential = findWebAuthnCredential(pool, userPool.id, response.id);
  if (!user || !credential || credential.sub !== user.sub) throw incorrectCredentials();
  const counter = await verifiedCounter(attempt, open, response, credential);
  if (counter === undefined) throw incorrectCredentials();
  requireSignInStatus(attempt, user);
  pool.store.transaction(() => {
    const present = findWebAuthnCredential(pool, userPool.id, credential.credentialId);
    // Deleted meanwhile, or its copy was faster: what was checked above holds no longer.
    if (!present || present.counter !== credential.counter) throw incorrectCredentials();
    updateWebAuthnCounter(pool, present, counter);
  });
  return afterFirstFactor(attempt, user, {
    ...progress,
    methods: withMethod(progress.methods, methodOf(credential)),
    ...(isBothFactors(userPool, user) && { needsNoMfa: true }),
  });
};

/** A passkey that does not say where it lives is not taken for a security key. */
function methodOf({ attachment }: WebAuthnCredential): 'hwk' | 'swk' {
  return attachment === 'cross-platform' ? 'hwk' : 'swk';
}

/** The signature counter of a response that holds, which is greater than the one that is stored; undefined for any other. */
async function verifiedCounter(
  { pool, userPool }: Attempt,
  { user, state }: OpenChallenge,
  response: AuthenticationResponseJSON,
  { credentialId, publicKey, counter }: WebAuthnCredential,
): Promise<number | undefined> {
  const relyingPartyId = relyingPartyIdOf(pool, userPool);
  const origin = readClientData(response.response.clientDataJSON)?.origin ?? '';
  if (!isOriginOf(relyingPartyId, origin)) return undefined;
  const { verifyAuthenticationResponse } = await webAuthnLibrary();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: String(state.challenge),
      expectedOrigin: origin,
      expectedRPID: relyingPartyId,
      credential: { id: credentialId, publicKey: Buffer.from(publicKey, 'base64url'), counter },
      requireUserVerification: wantsUserVerification(userPool, user),
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
}
