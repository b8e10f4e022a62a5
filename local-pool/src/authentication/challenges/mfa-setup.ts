import { normaliseAttributes, requireSchema } from '../../model/attributes.ts';
import { changeUser } from '../../model/change-user.ts';
import { ADDRESS_OF, type ChallengedFactor, decideMfa } from '../../model/mfa-decision.ts';
import type { User } from '../../model/user.ts';
import type { UserPool } from '../../model/user-pool.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { afterSecondFactor } from '../next-step.ts';
import { type AnswerChallenge, ask, spend } from '../open-challenge.ts';
import { incorrectCredentials, invalidParameter, invalidSession } from '../refusals.ts';
import { askFactor } from '../second-factor.ts';

/** What a set-up knows so far. */
export interface MfaSetupState {
  factors: ChallengedFactor[];
  /** The base32 secret that AssociateSoftwareToken has given out in this sign-in. */
  softwareTokenSecret?: string;
  /** Whether VerifySoftwareToken has seen a code made with it. */
  isVerified?: boolean;
}

/** Has a second factor set up before the sign-in goes on (Cognito: MFA_SETUP). */
export function askMfaSetup(
  attempt: Attempt,
  user: User,
  progress: Progress,
  state: MfaSetupState,
): Challenge & { session: string } {
  return ask(
    attempt,
    'MFA_SETUP',
    { user, progress, state: { ...state } },
    { MFAS_CAN_SETUP: JSON.stringify(state.factors), USER_ID_FOR_SRP: user.username },
  );
}

/**
 * Goes on with an authenticator app that VerifySoftwareToken has verified, which becomes the preferred factor, or with
 * the address in `EMAIL` or `PHONE_NUMBER`, to which a code is sent.
 */
export const answerMfaSetup: AnswerChallenge = async (attempt, open, responses) => {
  const { pool, userPool } = attempt;
  const { user, progress } = open;
  const state = open.state as unknown as MfaSetupState;
  if (!user) throw incorrectCredentials();
  if (state.isVerified) {
    spend(attempt, open);
    const changed = changeUser(pool, userPool, user, ({ details }) => {
      if (details.softwareToken?.secret !== state.softwareTokenSecret) throw invalidSession();
      details.mfaFactors = [...new Set([...(details.mfaFactors ?? []), 'SOFTWARE_TOKEN_MFA' as const])];
      details.preferredMfa = 'SOFTWARE_TOKEN_MFA';
    });
    return afterSecondFactor(attempt, changed, progress, 'MFA_SETUP');
  }
  const { factor, address } = newAddress(state, responses);
  const withAddress = pool.store.transaction(() => {
    spend(attempt, open);
    return changeUser(pool, userPool, user, (changed) => {
      requireStillOffered(userPool, changed, factor);
      addAddress(userPool, changed, factor, address);
    });
  });
  return askFactor(attempt, withAddress, progress, factor);
};

function newAddress({ factors }: MfaSetupState, responses: Record<string, string>) {
  // Amplify writes the names in capitals, the API reference in small letters.
  const email = responses.EMAIL ?? responses.email;
  if (email && factors.includes('EMAIL_OTP')) return { factor: 'EMAIL_OTP', address: email } as const;
  const phone = responses.PHONE_NUMBER ?? responses.phone_number;
  if (phone && factors.includes('SMS_MFA')) return { factor: 'SMS_MFA', address: phone } as const;
  throw invalidParameter('User has not verified software token mfa');
}

/**
 * Whoever has a second factor by now proves that one: an older sign-in adds none beside it.
 * @throws CognitoError NotAuthorizedException
 */
export function requireStillOffered(userPool: UserPool, user: User, factor: ChallengedFactor): void {
  const decision = decideMfa(userPool, user);
  if (decision.kind !== 'setUp' || !decision.factors.includes(factor)) throw invalidSession();
}

function addAddress(userPool: UserPool, user: User, factor: keyof typeof ADDRESS_OF, address: string): void {
  const attribute = ADDRESS_OF[factor];
  const added = normaliseAttributes(userPool, { [attribute]: address });
  user.attributes = { ...user.attributes, ...added, [`${attribute}_verified`]: 'false' };
  requireSchema(userPool, user.attributes, { newUser: false });
}
