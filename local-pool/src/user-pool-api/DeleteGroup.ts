import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireGroup } from '../configuration/configure-group.ts';
import { removeGroup } from '../store/groups.ts';
import { requireUserPool } from './authorisation.ts';
import { GroupNameType, UserPoolIdType } from './shapes.ts';

/** Its members are users as before (Cognito: DeleteGroup). */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, GroupName: GroupNameType }),
  (pool, { UserPoolId, GroupName }) => {
    requireUserPool(pool, UserPoolId);
    requireGroup(pool, UserPoolId, GroupName);
    removeGroup(pool, UserPoolId, GroupName);
    return {};
  },
);
