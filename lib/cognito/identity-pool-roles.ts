import { z } from 'zod';
import type { Config, IdentityPoolSettings } from '../config.ts';
import { AppError } from '../errors.ts';
import { processWide } from '../process-wide.ts';
import { remembering } from '../remembering.ts';
import { userPoolProvider } from './endpoints.ts';
import { askIdentityPool } from './identity-pool-api.ts';
import { matchTypes } from './match-types.ts';
import type { RoleSettings } from './role-mapping.ts';

/** For this long an answer is good, in milliseconds: AWS takes few of these questions a second. */
const GOOD_FOR_MS = 60_000;
/** Where there are no AWS credentials, the SDK is slow to find that out. */
const FAILURE_GOOD_FOR_MS = 10_000;

const rule = z
  .object({
    Claim: z.string(),
    MatchType: z.enum(matchTypes),
    Value: z.string(),
    RoleARN: z.string(),
  })
  .transform(({ Claim, MatchType, Value, RoleARN }) => ({
    claim: Claim,
    match: MatchType,
    value: Value,
    roleArn: RoleARN,
  }));

const mapping = z
  .object({
    Type: z.enum(['Rules', 'Token']),
    AmbiguousRoleResolution: z.enum(['AuthenticatedRole', 'Deny']),
    RulesConfiguration: z.object({ Rules: z.array(rule) }).optional(),
  })
  .transform(({ Type, AmbiguousRoleResolution, RulesConfiguration }) => ({
    type: Type,
    otherwise: AmbiguousRoleResolution,
    rules: RulesConfiguration?.Rules ?? [],
  }));

const answer = z.object({
  Roles: z.object({ authenticated: z.string().optional() }).default({}),
  RoleMappings: z.record(z.string(), mapping).default({}),
});

type Answer = z.infer<typeof answer>;

const readRoles = (identityPool: IdentityPoolSettings): Promise<Answer> =>
  askIdentityPool(identityPool, true, async ({ client, sdk, options }) =>
    answer.parse(
      await client.send(new sdk.GetIdentityPoolRolesCommand({ IdentityPoolId: identityPool.id }), options),
    ),
  );

const rolesOf = (identityPool: IdentityPoolSettings): Promise<Answer> =>
  processWide(`identity-pool-roles ${identityPool.id}`, () =>
    remembering(
      () => readRoles(identityPool),
      (roles) => (roles ? GOOD_FOR_MS : FAILURE_GOOD_FOR_MS),
    ),
  )();

/**
 * How the identity pool chooses the roles of those who come with ID tokens of an app client: what it said at most a
 * minute ago, asked with the application's own AWS credentials (Cognito: GetIdentityPoolRoles).
 * @throws AppError `identity_pool_missing`, `role_rules_unreadable`, and those of {@link askIdentityPool}
 */
export async function roleSettings(config: Config, clientId: string): Promise<RoleSettings> {
  if (!config.identityPool) throw new AppError('identity_pool_missing');
  const { Roles, RoleMappings } = await rolesOf(config.identityPool);
  const key = `${userPoolProvider(config)}:${clientId}`;
  return {
    authenticated: Roles.authenticated,
    mapping: Object.hasOwn(RoleMappings, key) ? RoleMappings[key] : undefined,
  };
}
