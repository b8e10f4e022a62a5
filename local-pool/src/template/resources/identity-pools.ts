import { StartError } from '../../errors.ts';
import type { IdentityPool } from '../../identity-pool/identity-pool.ts';
import type { TemplateReader } from '../template-reader.ts';
import { identityPoolProperties, templateIdentityPool } from './identity-pool.ts';
import {
  attachRoles,
  identityPoolPrincipalTagProperties,
  identityPoolRoleAttachmentProperties,
  mapPrincipalTags,
} from './identity-pool-roles.ts';

/**
 * The identity pools of a template with their roles and tag mappings.
 * @throws StartError naming the resource and property that cannot be honoured
 */
export function identityPoolsOf(template: TemplateReader): IdentityPool[] {
  const identityPools = template
    .all('AWS::Cognito::IdentityPool', identityPoolProperties)
    .map(({ logicalId, ref, properties }) => templateIdentityPool(logicalId, ref, properties));
  const find = (id: string, logicalId: string): IdentityPool => {
    const found = identityPools.find((identityPool) => identityPool.id === id);
    if (!found)
      throw new StartError(`${logicalId}.IdentityPoolId: ${id} is no identity pool of this template.`);
    return found;
  };
  for (const { logicalId, properties } of template.all(
    'AWS::Cognito::IdentityPoolRoleAttachment',
    identityPoolRoleAttachmentProperties,
  ))
    attachRoles(logicalId, find(properties.IdentityPoolId, logicalId), properties);
  for (const { logicalId, properties } of template.all(
    'AWS::Cognito::IdentityPoolPrincipalTag',
    identityPoolPrincipalTagProperties,
  ))
    mapPrincipalTags(find(properties.IdentityPoolId, logicalId), properties);
  return identityPools;
}
