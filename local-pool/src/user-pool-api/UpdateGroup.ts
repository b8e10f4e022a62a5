import { signedOperation } from '../aws-json/operation.ts';
import { updateGroup } from '../configuration/configure-group.ts';
import { requireUserPool } from './authorisation.ts';
import { groupInput, groupSettings, groupType } from './group-type.ts';

/** What is not sent stays as it is (Cognito: UpdateGroup). */
export const operation = signedOperation(groupInput, (pool, input) => {
  requireUserPool(pool, input.UserPoolId);
  return { Group: groupType(updateGroup(pool, groupSettings(input))) };
});
