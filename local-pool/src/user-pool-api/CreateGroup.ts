import { signedOperation } from '../aws-json/operation.ts';
import { createGroup } from '../configuration/configure-group.ts';
import { requireUserPool } from './authorisation.ts';
import { groupInput, groupSettings, groupType } from './group-type.ts';

/** Cognito: CreateGroup. */
export const operation = signedOperation(groupInput, (pool, input) => {
  requireUserPool(pool, input.UserPoolId);
  return { Group: groupType(createGroup(pool, groupSettings(input))) };
});
