import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { updateUserPool } from '../configuration/configure-user-pool.ts';
import { wire } from '../configuration/notation.ts';
import { userPoolSettings } from '../configuration/user-pool-settings.ts';
import { UserPoolIdType, UserPoolNameType, UserPoolTagsType } from './shapes.ts';

/** Replaces: what is not sent goes back to its default (Cognito: UpdateUserPool). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    PoolName: UserPoolNameType.optional(),
    ...userPoolSettings(wire),
    UserPoolTags: UserPoolTagsType.optional(),
  }),
  (pool, { UserPoolId, PoolName, UserPoolTags = {}, ...settings }) => {
    updateUserPool(pool, UserPoolId, { name: PoolName, settings, tags: UserPoolTags });
    return {};
  },
);
