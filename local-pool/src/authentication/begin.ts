import { type PermittedFlow, permitsAuthFlow } from '../model/auth-flows.ts';
import { requireSecretHash } from '../model/secret-hash.ts';
import { findUserByTypedName } from '../model/user-names.ts';
import type { Attempt, Progress, Step } from './attempt.ts';
import { customAuth } from './flows/custom-auth.ts';
import type { Flow } from './flows/flow.ts';
import { userAuth } from './flows/user-auth.ts';
import { userPasswordAuth } from './flows/user-password.ts';
import { userSrpAuth } from './flows/user-srp.ts';
import { requireHonestLengths } from './parameter-lengths.ts';
import { invalidParameter, requireParameter } from './refusals.ts';

interface FlowRule {
  run: Flow;
  permission: PermittedFlow;
  /** Whether only a server with AWS credentials may begin it. */
  adminOnly?: true;
  /** What is said when the client may not use it. */
  refusal: string;
}

const ADMIN_PASSWORD: FlowRule = {
  run: userPasswordAuth,
  permission: 'ADMIN_USER_PASSWORD_AUTH',
  adminOnly: true,
  refusal: 'Auth flow not enabled for this client',
};

const FLOWS: Partial<Record<string, FlowRule>> = {
  USER_PASSWORD_AUTH: {
    run: userPasswordAuth,
    permission: 'USER_PASSWORD_AUTH',
    refusal: 'USER_PASSWORD_AUTH flow not enabled for this client',
  },
  ADMIN_USER_PASSWORD_AUTH: ADMIN_PASSWORD,
  ADMIN_NO_SRP_AUTH: ADMIN_PASSWORD,
  USER_SRP_AUTH: {
    run: userSrpAuth,
    permission: 'USER_SRP_AUTH',
    refusal: 'USER_SRP_AUTH is not enabled for the client.',
  },
  CUSTOM_AUTH: {
    run: customAuth,
    permission: 'CUSTOM_AUTH',
    refusal: 'CUSTOM_AUTH flow not enabled for this client',
  },
  USER_AUTH: {
    run: userAuth,
    permission: 'USER_AUTH',
    refusal: 'USER_AUTH flow not enabled for this client',
  },
};

/**
 * Begins a sign-in (Cognito: InitiateAuth, AdminInitiateAuth), all but the refresh flows.
 * @param session of a registration that has just been confirmed; only USER_AUTH takes one
 * @throws CognitoError InvalidParameterException, NotAuthorizedException, or of the flow
 */
export async function beginSignIn(
  attempt: Attempt,
  authFlow: string,
  parameters: Record<string, string>,
  session?: string,
): Promise<Step> {
  requireHonestLengths(parameters);
  const rule = FLOWS[authFlow];
  if (!rule || (rule.adminOnly && !attempt.admin))
    throw invalidParameter('Initiate Auth method not supported.');
  if (!permitsAuthFlow(attempt.client, rule.permission)) throw invalidParameter(rule.refusal);
  const username = requireParameter(parameters, 'USERNAME');
  requireSecretHash(attempt.client, ownNames(attempt, username), parameters.SECRET_HASH);
  const progress: Progress = {
    username,
    tokenSource: 'TokenGeneration_Authentication',
    ...(parameters.DEVICE_KEY && { deviceKey: parameters.DEVICE_KEY }),
    ...(authFlow === 'USER_AUTH' && { choiceBased: true }),
  };
  return rule.run(attempt, parameters, progress, session);
}

function ownNames({ pool, userPool }: Attempt, typed: string): string[] {
  const user = findUserByTypedName(pool, userPool, typed);
  return user ? [typed, user.username] : [typed];
}
