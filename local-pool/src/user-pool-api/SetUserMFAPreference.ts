import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { setMfaPreference } from '../model/mfa-preference.ts';
import { requireAccessToken } from './authorisation.ts';
import { factorSettings } from './mfa-settings.ts';
import { mfaPreferenceMembers, TokenModelType } from './shapes.ts';

/** Switches the second factors of the token's user (Cognito: SetUserMFAPreference). */
export const operation = publicOperation(
  z.object({ AccessToken: TokenModelType, ...mfaPreferenceMembers }),
  async (pool, input) => {
    const { userPool, user } = await requireAccessToken(pool, input.AccessToken);
    setMfaPreference(pool, userPool, user, factorSettings(input));
    return {};
  },
);
