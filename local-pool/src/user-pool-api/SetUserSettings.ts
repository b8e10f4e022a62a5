import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { setMfaPreference } from '../model/mfa-preference.ts';
import { requireAccessToken } from './authorisation.ts';
import { legacyFactorSettings } from './mfa-settings.ts';
import { MFAOptionListType, TokenModelType } from './shapes.ts';

/** Switches SMS as a second factor of the token's user, and nothing else (Cognito: SetUserSettings, legacy). */
export const operation = publicOperation(
  z.object({ AccessToken: TokenModelType, MFAOptions: MFAOptionListType }),
  async (pool, input) => {
    const { userPool, user } = await requireAccessToken(pool, input.AccessToken);
    setMfaPreference(pool, userPool, user, legacyFactorSettings(input.MFAOptions));
    return {};
  },
);
