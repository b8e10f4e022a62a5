import type { AppClient } from './app-client.ts';

export type PermittedFlow =
  | 'USER_SRP_AUTH'
  | 'USER_PASSWORD_AUTH'
  | 'ADMIN_USER_PASSWORD_AUTH'
  | 'CUSTOM_AUTH'
  | 'USER_AUTH'
  | 'REFRESH_TOKEN_AUTH';

/** The names from before there were `ALLOW_…` ones. */
const LEGACY_NAMES: Partial<Record<PermittedFlow, string>> = {
  USER_PASSWORD_AUTH: 'USER_PASSWORD_AUTH',
  ADMIN_USER_PASSWORD_AUTH: 'ADMIN_NO_SRP_AUTH',
  CUSTOM_AUTH: 'CUSTOM_AUTH_FLOW_ONLY',
};

/**
 * Whether a client's ExplicitAuthFlows permit a flow. A list of legacy names adds to SRP, which all but custom-only
 * clients have, and to refreshing, which it does not rule (Cognito: CreateUserPoolClient).
 */
export function permitsAuthFlow(
  { explicitAuthFlows }: Pick<AppClient, 'explicitAuthFlows'>,
  flow: PermittedFlow,
): boolean {
  if (explicitAuthFlows.includes(`ALLOW_${flow}`)) return true;
  if (explicitAuthFlows.some((name) => name.startsWith('ALLOW_'))) return false;
  if (flow === 'REFRESH_TOKEN_AUTH') return true;
  if (flow === 'USER_SRP_AUTH') return !explicitAuthFlows.includes('CUSTOM_AUTH_FLOW_ONLY');
  const legacy = LEGACY_NAMES[flow];
  return legacy !== undefined && explicitAuthFlows.includes(legacy);
}
