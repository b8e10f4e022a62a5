import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { configuredAuthFactors } from '../model/auth-factors.ts';
import { requireNamedUser } from './authorisation.ts';
import { namedUserMembers } from './shapes.ts';
import { mfaMembers } from './user-type.ts';

/** The first factors that a user has, and the second ones that are on (Cognito: AdminGetUserAuthFactors). */
export const operation = signedOperation(z.object(namedUserMembers), (pool, input) => {
  const { userPool, user } = requireNamedUser(pool, input);
  const { UserMFASettingList, PreferredMfaSetting } = mfaMembers(user);
  return {
    Username: user.username,
    ...(PreferredMfaSetting && { PreferredMfaSetting }),
    ...(UserMFASettingList && { UserMFASettingList }),
    ConfiguredUserAuthFactors: configuredAuthFactors(pool, userPool, user),
  };
});
