import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { changeUser } from '../model/change-user.ts';
import {
  createSoftwareTokenSecret,
  enrolSoftwareToken,
  requireSoftwareTokens,
} from '../model/software-token.ts';
import { findAuthSession } from '../store/auth-sessions.ts';
import type { Attempt } from './attempt.ts';
import { askMfaSetup, type MfaSetupState, requireStillOffered } from './challenges/mfa-setup.ts';
import { countWrongAnswer, type OpenChallenge, resume, spend } from './open-challenge.ts';
import { invalidParameter, invalidSession } from './refusals.ts';

/**
 * Makes the secret of an authenticator app that is set up before a sign-in goes on (Cognito: AssociateSoftwareToken).
 * @returns the secret in base32, and the session to go on with
 * @throws CognitoError NotAuthorizedException, SoftwareTokenMFANotFoundException
 */
export function associateDuringSignIn(
  pool: LocalPool,
  session: string,
  ip: string,
): { secret: string; session: string } {
  const { attempt, open, state } = resumeSetup(pool, session, ip);
  const secret = createSoftwareTokenSecret();
  return { secret, session: goOn(attempt, open, { factors: state.factors, softwareTokenSecret: secret }) };
}

/**
 * Takes the first code of an authenticator app within a sign-in: the user has it from now on.
 * @returns the session that answers MFA_SETUP
 * @throws CognitoError EnableSoftwareTokenMFAException, InvalidParameterException, NotAuthorizedException,
 *   SoftwareTokenMFANotFoundException (Cognito: VerifySoftwareToken)
 */
export function verifyDuringSignIn(
  pool: LocalPool,
  session: string,
  ip: string,
  { code, friendlyDeviceName }: { code: string; friendlyDeviceName?: string | undefined },
): string {
  const { attempt, open, state } = resumeSetup(pool, session, ip);
  const secret = state.softwareTokenSecret;
  if (secret === undefined) throw invalidParameter('User has not set up software token mfa');
  try {
    return pool.store.transaction(() => {
      changeUser(pool, attempt.userPool, open.user, (user) =>
        enrolSoftwareToken(user, secret, { code, friendlyDeviceName, now: pool.clock.now() }),
      );
      return goOn(attempt, open, { ...state, isVerified: true });
    });
  } catch (error) {
    if (error instanceof CognitoError && error.code === 'EnableSoftwareTokenMFAException')
      countWrongAnswer(attempt, open);
    throw error;
  }
}

/** These two operations name no app client: the session knows its own. */
function resumeSetup(pool: LocalPool, session: string, ip: string) {
  const found = findAuthSession(pool, session);
  const client = found && pool.appClient(found.clientId);
  const userPool = client && pool.userPool(client.userPoolId);
  if (!client || !userPool) throw invalidSession();
  const attempt = { pool, userPool, client, admin: false, validationData: {}, clientMetadata: {}, ip };
  const open = resume(attempt, 'MFA_SETUP', session);
  const state = open.state as unknown as MfaSetupState;
  if (!open.user?.enabled || state.isVerified) throw invalidSession();
  requireSoftwareTokens(userPool);
  requireStillOffered(userPool, open.user, 'SOFTWARE_TOKEN_MFA');
  return { attempt, open: { ...open, user: open.user }, state };
}

function goOn(
  attempt: Attempt,
  open: OpenChallenge & { user: NonNullable<OpenChallenge['user']> },
  state: MfaSetupState,
): string {
  return attempt.pool.store.transaction(() => {
    spend(attempt, open);
    return askMfaSetup(attempt, open.user, open.progress, state).session;
  });
}
