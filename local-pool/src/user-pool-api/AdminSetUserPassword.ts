import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { setPasswordByAdministrator } from '../model/change-password.ts';
import { requireNamedUser } from './authorisation.ts';
import { namedUserMembers, PasswordType } from './shapes.ts';

/** Sets a user's password, for good or until the next sign-in (Cognito: AdminSetUserPassword). */
export const operation = signedOperation(
  z.object({ ...namedUserMembers, Password: PasswordType, Permanent: z.boolean().optional() }),
  (pool, input) => {
    const { userPool, user } = requireNamedUser(pool, input);
    setPasswordByAdministrator(pool, userPool, user, {
      password: input.Password,
      permanent: input.Permanent ?? false,
    });
    return {};
  },
);
