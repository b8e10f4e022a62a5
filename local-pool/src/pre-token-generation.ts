import type { LocalPool } from './local-pool.ts';
import type { AppClient } from './model/app-client.ts';
import { preferredRole } from './model/group.ts';
import type { UserPool } from './model/user-pool.ts';
import { type ClaimOverride, readOverrides, type TokenOverrides } from './pre-token-generation-response.ts';
import type { TokenSubject } from './token-claims.ts';
import type { TriggerEvent } from './triggers.ts';

export type TokenTriggerSource =
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_RefreshTokens'
  | 'TokenGeneration_ClientCredentials';

/**
 * Runs the pre token generation trigger for a user's tokens, if the pool has one.
 * @throws CognitoError of triggers.ts, or InvalidLambdaResponseException (Cognito: Pre token generation trigger).
 */
export async function overridesForUser(
  pool: LocalPool,
  subject: TokenSubject,
  source: TokenTriggerSource,
): Promise<TokenOverrides | undefined> {
  const { userPool, client, user, groups, family } = subject;
  const trigger = userPool.lambdaConfig.preTokenGeneration;
  if (!trigger) return undefined;
  const request = {
    userAttributes: { sub: user.sub, 'cognito:user_status': user.status, ...user.attributes },
    groupConfiguration: {
      groupsToOverride: groups.map((group) => group.name),
      iamRolesToOverride: groups.flatMap((group) => group.roleArn ?? []),
      preferredRole: preferredRole(groups) ?? null,
    },
    clientMetadata: {},
    ...(trigger.version !== 'V1_0' && { scopes: family.scopes }),
  };
  const event = triggerEvent(userPool, client, trigger.version, source, user.username, request);
  return readOverrides(trigger.version, await pool.triggers.invoke(trigger.functionArn, NAME, event));
}

/** Runs the trigger for a client's own token: only version V3_0 is asked, and only its access token part counts. */
export async function overridesForClient(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  scopes: string[],
  clientMetadata: Record<string, string>,
): Promise<ClaimOverride | undefined> {
  const trigger = userPool.lambdaConfig.preTokenGeneration;
  if (trigger?.version !== 'V3_0') return undefined;
  const request = { userAttributes: {}, groupConfiguration: null, scopes, clientMetadata };
  const source = 'TokenGeneration_ClientCredentials';
  const event = triggerEvent(userPool, client, trigger.version, source, 'ClientCredentials', request);
  return readOverrides(trigger.version, await pool.triggers.invoke(trigger.functionArn, NAME, event))?.access;
}

const NAME = 'PreTokenGeneration';

function triggerEvent(
  userPool: UserPool,
  client: AppClient,
  version: 'V1_0' | 'V2_0' | 'V3_0',
  triggerSource: TokenTriggerSource,
  userName: string,
  request: Record<string, unknown>,
): TriggerEvent {
  return {
    version: version.slice(1, 2),
    triggerSource,
    region: userPool.region,
    userPoolId: userPool.id,
    userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: client.clientId },
    request,
    response: version === 'V1_0' ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
  };
}
