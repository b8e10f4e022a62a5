import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { setMfaPreference } from '../model/mfa-preference.ts';
import { requireNamedUser } from './authorisation.ts';
import { legacyFactorSettings } from './mfa-settings.ts';
import { MFAOptionListType, namedUserMembers } from './shapes.ts';

/** Switches SMS as a second factor of a user, and nothing else (Cognito: AdminSetUserSettings, legacy). */
export const operation = signedOperation(
  z.object({ ...namedUserMembers, MFAOptions: MFAOptionListType }),
  (pool, input) => {
    const { userPool, user } = requireNamedUser(pool, input);
    setMfaPreference(pool, userPool, user, legacyFactorSettings(input.MFAOptions), { byAdministrator: true });
    return {};
  },
);
