import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { configuredAuthFactors } from '../model/auth-factors.ts';
import { requireAccessToken } from './authorisation.ts';
import { TokenModelType } from './shapes.ts';
import { mfaMembers } from './user-type.ts';

/** The first factors that the token's user has, and the second ones that are on (Cognito: GetUserAuthFactors). */
export const operation = publicOperation(z.object({ AccessToken: TokenModelType }), async (pool, input) => {
  const { userPool, user } = await requireAccessToken(pool, input.AccessToken);
  const { UserMFASettingList, PreferredMfaSetting } = mfaMembers(user);
  return {
    Username: user.username,
    ...(PreferredMfaSetting && { PreferredMfaSetting }),
    ...(UserMFASettingList && { UserMFASettingList }),
    ConfiguredUserAuthFactors: configuredAuthFactors(pool, userPool, user),
  };
});
