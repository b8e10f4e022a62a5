import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { resetByAdministrator } from '../model/forgot-password.ts';
import { requireNamedUser } from './authorisation.ts';
import { ClientMetadataType, namedUserMembers } from './shapes.ts';

/** Makes a user set a new password with a code that is sent to them (Cognito: AdminResetUserPassword). */
export const operation = signedOperation(
  z.object({ ...namedUserMembers, ClientMetadata: ClientMetadataType.optional() }),
  async (pool, input) => {
    const { userPool, user } = requireNamedUser(pool, input);
    await resetByAdministrator(pool, userPool, user, input.ClientMetadata);
    return {};
  },
);
