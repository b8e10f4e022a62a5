import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import { preferredRole } from '../model/group.ts';
import type { LambdaConfig, UserPool } from '../model/user-pool.ts';
import type { TokenSubject } from '../token-claims.ts';
import { ignoredChanges } from './claim-overrides.ts';
import { type ClaimOverride, readOverrides, type TokenOverrides } from './pre-token-generation-response.ts';
import { type TriggerCall, triggerEvent, userAttributesOf } from './trigger-event.ts';

export type TokenTriggerSource =
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_NewPasswordChallenge'
  | 'TokenGeneration_AuthenticateDevice'
  | 'TokenGeneration_RefreshTokens'
  | 'TokenGeneration_ClientCredentials';

/**
 * Runs the pre token generation trigger for a user's tokens, if the pool has one.
 * @throws CognitoError of triggers.ts, or InvalidLambdaResponseException (Cognito: Pre token generation trigger).
 */
export async function overridesForUser(
  pool: LocalPool,
  { userPool, client, user, groups, family }: TokenSubject,
  source: TokenTriggerSource,
  clientMetadata: Record<string, string> = {},
): Promise<TokenOverrides | undefined> {
  const trigger = userPool.lambdaConfig.preTokenGeneration;
  if (!trigger) return undefined;
  const request = {
    userAttributes: userAttributesOf(user),
    groupConfiguration: {
      groupsToOverride: groups.map((group) => group.name),
      iamRolesToOverride: groups.flatMap((group) => group.roleArn ?? []),
      preferredRole: preferredRole(groups) ?? null,
    },
    clientMetadata,
    ...(trigger.version !== 'V1_0' && { scopes: family.scopes }),
  };
  return invoke(pool, userPool, client, trigger, { source, userName: user.username, request });
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
  const call = { source, userName: 'ClientCredentials', request };
  return (await invoke(pool, userPool, client, trigger, call))?.access;
}

async function invoke(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  { version, functionArn }: NonNullable<LambdaConfig['preTokenGeneration']>,
  call: Omit<TriggerCall, 'version' | 'response'>,
): Promise<TokenOverrides | undefined> {
  const response =
    version === 'V1_0' ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null };
  const event = triggerEvent(userPool, client, { ...call, response, version: version.slice(1, 2) });
  const answer = await pool.triggers.invoke(functionArn, 'PreTokenGeneration', event);
  const overrides = readOverrides(version, answer);
  const ignored = overrides ? ignoredChanges(overrides, client.clientId) : [];
  if (ignored.length > 0)
    pool.log(`PreTokenGeneration: these claims cannot be changed and were left: ${JSON.stringify(ignored)}`);
  return overrides;
}
