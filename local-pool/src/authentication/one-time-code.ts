import { randomInt, timingSafeEqual } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import { changeUser } from '../model/change-user.ts';
import { describeDelivery } from '../model/code-delivery.ts';
import { clearFailures, isLockedOut, lockoutName, recordFailure } from '../model/lockout.ts';
import { putMessage, renderMessage } from '../model/message.ts';
import { inventDelivery } from '../model/unknown-user.ts';
import type { User } from '../model/user.ts';
import type { VerifiableAttribute } from '../model/user-pool.ts';
import { digest } from '../store/digest.ts';
import type { Attempt, Challenge, ChallengeName, Progress } from './attempt.ts';
import {
  ask,
  countWrongAnswer,
  isWornOut,
  noteWrongAnswer,
  type OpenChallenge,
  spend,
} from './open-challenge.ts';
import { incorrectCredentials, invalidParameter, notAuthorized } from './refusals.ts';

/** Digits (section 9 of the behaviour notes, no. 21). */
const DIGITS = { first: 8, second: 6 };

interface CodeState {
  codeHash: string;
  attribute: VerifiableAttribute;
  destinationHash: string;
  factor: keyof typeof DIGITS;
}

/**
 * Sends a one-time code and asks for it. It is good as long as its session.
 * @param user undefined for someone who does not exist: the challenge looks the same and cannot be met
 * @throws CognitoError InvalidParameterException without an address, or of the custom message trigger
 */
export async function askOneTimeCode(
  attempt: Attempt,
  user: User | undefined,
  progress: Progress,
  name: ChallengeName,
  { attribute, factor }: Pick<CodeState, 'attribute' | 'factor'>,
): Promise<Challenge> {
  const { pool, userPool, client, clientMetadata } = attempt;
  const code = String(randomInt(10 ** DIGITS[factor])).padStart(DIGITS[factor], '0');
  const destination = user?.attributes[attribute] ?? '';
  if (user && !destination) throw invalidParameter('User does not have any MFA method available.');
  const delivery = user
    ? describeDelivery(attribute, destination)
    : inventDelivery(userPool, progress.username, [attribute]);
  const message = {
    source: 'CustomMessage_Authentication',
    purpose: attribute === 'email' ? 'email' : 'sms',
    medium: delivery.deliveryMedium,
    destination,
    code,
    clientMetadata,
  } as const;
  const rendered = user && (await renderMessage(pool, userPool, client, user, message));
  const state = { codeHash: digest(code), attribute, destinationHash: digest(destination), factor };
  const parameters = {
    CODE_DELIVERY_DELIVERY_MEDIUM: delivery.deliveryMedium,
    CODE_DELIVERY_DESTINATION: delivery.destination,
  };
  return pool.store.transaction(() => {
    if (user && rendered) putMessage(pool, user, message, rendered);
    return ask(attempt, name, { user, progress, state: { ...state } }, parameters);
  });
}

/**
 * Judges a one-time code and spends its session; the address that it went to is verified with it. Codes lock like
 * passwords do (Cognito: Lockout behavior), those of a first factor by a count of their own. After five wrong ones no
 * further is right: the session of a second factor is over, that of a first one goes on saying so.
 * @returns the user as they are now
 * @throws CognitoError CodeMismatchException, NotAuthorizedException
 */
export function takeOneTimeCode(attempt: Attempt, open: OpenChallenge, code: string): User {
  const { pool, userPool } = attempt;
  const { user, progress } = open;
  const state = open.state as unknown as CodeState;
  const kind = state.factor === 'second' ? 'mfa' : 'firstFactorCode';
  const lockName = lockoutName(userPool, progress.username, user);
  // Nothing is guessed any more in a first factor's session that is worn out.
  if (isWornOut(open)) throw wrongCode();
  if (isLockedOut(pool, userPool.id, lockName, kind)) throw notAuthorized('Password attempts exceeded');
  const isRight = timingSafeEqual(Buffer.from(state.codeHash), Buffer.from(digest(code)));
  if (!isRight || !user) {
    if (kind === 'mfa') countWrongAnswer(attempt, open);
    else noteWrongAnswer(attempt, open);
    recordFailure(pool, userPool.id, lockName, kind);
    throw wrongCode();
  }
  if (!user.enabled) throw notAuthorized('User is disabled.');
  spend(attempt, open);
  clearFailures(pool, userPool.id, lockName, kind);
  return markVerified(attempt, user, state);
}

const wrongCode = (): CognitoError =>
  new CognitoError('CodeMismatchException', 'Invalid code or auth state for the user.');

/** An address that has changed since the code was sent is not proven by it; one that somebody else signs in with stays as it is. */
function markVerified({ pool, userPool }: Attempt, user: User, state: CodeState): User {
  const { attribute, destinationHash } = state;
  const isCurrent = digest(user.attributes[attribute] ?? '') === destinationHash;
  if (!isCurrent || user.attributes[`${attribute}_verified`] === 'true') return user;
  try {
    return changeUser(pool, userPool, user, ({ attributes }) => {
      attributes[`${attribute}_verified`] = 'true';
    });
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    if (error.code === 'AliasExistsException') return user;
    throw incorrectCredentials();
  }
}
