import { clearFailures, lockoutName, recordFailure } from '../../model/lockout.ts';
import type { User } from '../../model/user.ts';
import { poolNameOf } from '../../model/user-pool.ts';
import { createServerKeyPair, isPublicKey, provesKey, sessionKey } from '../../srp/exchange.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { knownDevice, requireKnownDevice } from '../devices.ts';
import { afterPassword } from '../next-step.ts';
import { type AnswerChallenge, ask, spend } from '../open-challenge.ts';
import { credentialOf, requireUnlocked } from '../password.ts';
import { incorrectCredentials, invalidParameter, requireParameter } from '../refusals.ts';
import { inventSrpIdentity } from '../unknown-user-srp.ts';

/**
 * Begins an SRP exchange (Cognito: USER_SRP_AUTH; section 3.10 of the behaviour notes). The secret block is the
 * challenge's session, so that the classic flow needs no other.
 * @param user undefined for someone who does not exist: the exchange looks the same and cannot succeed
 * @throws CognitoError InvalidParameterException when `SRP_A` is no usable public key
 */
export function askPasswordVerifier(
  attempt: Attempt,
  user: User | undefined,
  progress: Progress,
  srpA: string,
): Challenge {
  if (!isPublicKey(srpA)) throw invalidParameter('Invalid SRP_A value.');
  const invented = inventSrpIdentity(attempt.userPool, progress.username);
  const salt = user?.srpSalt ?? invented.salt;
  const username = user?.username ?? invented.username;
  const keyPair = createServerKeyPair(credentialOf(user).srpVerifier);
  const state = { srpA, keyPair, username };
  const { session, ...challenge } = ask(
    attempt,
    'PASSWORD_VERIFIER',
    { user, progress, state },
    { SALT: salt, SRP_B: keyPair.B, USERNAME: username, USER_ID_FOR_SRP: username },
  );
  return {
    ...challenge,
    ...(progress.choiceBased && { session }),
    parameters: { ...challenge.parameters, SECRET_BLOCK: session },
  };
}

/** Judges the proof of the password. A wrong one ends the exchange, and counts towards the lock. */
export const answerPasswordVerifier: AnswerChallenge = async (attempt, open, responses) => {
  const { pool, userPool } = attempt;
  const { user, progress } = open;
  const proof = {
    secretBlock: requireParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK'),
    signature: requireParameter(responses, 'PASSWORD_CLAIM_SIGNATURE'),
    timestamp: requireParameter(responses, 'TIMESTAMP'),
  };
  requireUnlocked(attempt, user, progress.username);
  const { srpA, keyPair, username } = open.state as unknown as ExchangeState;
  const key = sessionKey(srpA, credentialOf(user).srpVerifier, keyPair);
  const names = { group: poolNameOf(userPool.id), subject: username };
  const lockName = lockoutName(userPool, progress.username, user);
  if (!provesKey(key, names, proof) || !user) {
    spend(attempt, open);
    recordFailure(pool, userPool.id, lockName);
    throw incorrectCredentials();
  }
  const named = withDevice(attempt, user, progress, responses);
  spend(attempt, open);
  clearFailures(pool, userPool.id, lockName);
  return afterPassword(attempt, user, named);
};

interface ExchangeState {
  srpA: string;
  keyPair: { b: string; B: string };
  username: string;
}

/**
 * Clients name their device here, whether or not they did at the start. When it is refused they give the same answer
 * without it, for which the exchange stays open.
 * @throws CognitoError ResourceNotFoundException
 */
function withDevice(
  attempt: Attempt,
  user: User,
  progress: Progress,
  { DEVICE_KEY }: Record<string, string>,
): Progress {
  if (DEVICE_KEY) {
    const named = { ...progress, deviceKey: DEVICE_KEY };
    requireKnownDevice(attempt, user, named);
    return named;
  }
  if (knownDevice(attempt, user, progress)) return progress;
  const { deviceKey: _dropped, ...rest } = progress;
  return rest;
}
