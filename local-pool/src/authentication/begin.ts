import { requireSecretHash } from '../model/secret-hash.ts';
import { findUserByTypedName } from '../model/user-names.ts';
import type { Attempt, Progress, Step } from './attempt.ts';
import type { Flow } from './flows/flow.ts';
import { userPasswordAuth } from './flows/user-password.ts';
import { userSrpAuth } from './flows/user-srp.ts';
import { invalidParameter, requireParameter } from './refusals.ts';

interface FlowRule {
  run: Flow;
  /** Any of these among the client's ExplicitAuthFlows permits it. */
  permittedBy: string[];
  /** Which door it may come through; absent = both. */
  door?: 'user' | 'admin';
  refusal: string;
}

const ADMIN_PASSWORD: FlowRule = {
  run: userPasswordAuth,
  permittedBy: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
  door: 'admin',
  refusal: 'Auth flow not enabled for this client',
};

const FLOWS: Partial<Record<string, FlowRule>> = {
  USER_PASSWORD_AUTH: {
    run: userPasswordAuth,
    permittedBy: ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'],
    refusal: 'USER_PASSWORD_AUTH flow not enabled for this client',
  },
  ADMIN_USER_PASSWORD_AUTH: ADMIN_PASSWORD,
  ADMIN_NO_SRP_AUTH: ADMIN_PASSWORD,
  USER_SRP_AUTH: {
    run: userSrpAuth,
    permittedBy: ['ALLOW_USER_SRP_AUTH'],
    refusal: 'USER_SRP_AUTH is not enabled for the client.',
  },
};

/**
 * Begins a sign-in (Cognito: InitiateAuth, AdminInitiateAuth), all but the refresh flows.
 * @throws CognitoError InvalidParameterException, NotAuthorizedException, or of the flow
 */
export async function beginSignIn(
  attempt: Attempt,
  authFlow: string,
  parameters: Record<string, string>,
): Promise<Step> {
  const rule = FLOWS[authFlow];
  if (!rule || (rule.door === 'admin' && !attempt.admin))
    throw invalidParameter('Initiate Auth method not supported.');
  if (!rule.permittedBy.some((flow) => attempt.client.explicitAuthFlows.includes(flow)))
    throw invalidParameter(rule.refusal);
  const username = requireParameter(parameters, 'USERNAME');
  requireSecretHash(attempt.client, ownNames(attempt, username), parameters.SECRET_HASH);
  const progress: Progress = {
    username,
    tokenSource: 'TokenGeneration_Authentication',
    ...(parameters.DEVICE_KEY && { deviceKey: parameters.DEVICE_KEY }),
  };
  return rule.run(attempt, parameters, progress);
}

function ownNames({ pool, userPool }: Attempt, typed: string): string[] {
  const user = findUserByTypedName(pool, userPool, typed);
  return user ? [typed, user.username] : [typed];
}
