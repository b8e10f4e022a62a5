import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireUser, requireUserPool } from './authorisation.ts';
import { UsernameType, UserPoolIdType } from './shapes.ts';
import { allAttributes, attributeList, mfaMembers, timestamp } from './user-type.ts';

/** Everything about a user; the list of attributes is called `UserAttributes` here alone (Cognito: AdminGetUser). */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, Username: UsernameType }),
  (pool, input) => {
    const user = requireUser(pool, requireUserPool(pool, input.UserPoolId), input.Username);
    return {
      Username: user.username,
      UserAttributes: attributeList(allAttributes(user)),
      UserCreateDate: timestamp(user.createdAt),
      UserLastModifiedDate: timestamp(user.modifiedAt),
      Enabled: user.enabled,
      UserStatus: user.status,
      ...mfaMembers(user),
    };
  },
);
