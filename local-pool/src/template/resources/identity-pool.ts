import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { IdentityPool } from '../../identity-pool/identity-pool.ts';
import { identityPoolOf } from '../../identity-pool/identity-pool-type.ts';
import { region } from '../identifiers.ts';
import { flag, texts } from '../property-types.ts';

const map = z.record(z.string(), z.string());

export const identityPoolProperties = z.strictObject({
  IdentityPoolName: z
    .string()
    .regex(/^[\w\s+=,.@-]{1,128}$/)
    .optional(),
  AllowUnauthenticatedIdentities: flag,
  AllowClassicFlow: flag.optional(),
  SupportedLoginProviders: map.optional(),
  DeveloperProviderName: z
    .string()
    .regex(/^[\w.-]{1,128}$/)
    .optional(),
  OpenIdConnectProviderARNs: texts.optional(),
  CognitoIdentityProviders: z
    .array(
      z.strictObject({
        ProviderName: z.string(),
        ClientId: z.string(),
        ServerSideTokenCheck: flag.optional(),
      }),
    )
    .optional(),
  SamlProviderARNs: texts.optional(),
  IdentityPoolTags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
});

/** An identity pool's ID in Cognito's form, the same for the same stack and resource. */
export function derivedIdentityPoolId(seed: string): string {
  const hex = createHash('sha256').update(`identity-pool/${seed}`).digest('hex');
  return `${region}:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')}`;
}

/** CloudFormation: AWS::Cognito::IdentityPool. Its name is the resource's where it has none. */
export function templateIdentityPool(
  logicalId: string,
  id: string,
  { IdentityPoolName, IdentityPoolTags = [], ...properties }: z.infer<typeof identityPoolProperties>,
): IdentityPool {
  return identityPoolOf(id, {
    ...properties,
    IdentityPoolName: IdentityPoolName ?? logicalId,
    IdentityPoolTags: Object.fromEntries(IdentityPoolTags.map(({ Key, Value }) => [Key, Value])),
  });
}
