import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { setMfaPreference } from '../model/mfa-preference.ts';
import { requireNamedUser } from './authorisation.ts';
import { factorSettings } from './mfa-settings.ts';
import { mfaPreferenceMembers, namedUserMembers } from './shapes.ts';

/** Switches the second factors of a user (Cognito: AdminSetUserMFAPreference). */
export const operation = signedOperation(
  z.object({ ...namedUserMembers, ...mfaPreferenceMembers }),
  (pool, input) => {
    const { userPool, user } = requireNamedUser(pool, input);
    setMfaPreference(pool, userPool, user, factorSettings(input), { byAdministrator: true });
    return {};
  },
);
