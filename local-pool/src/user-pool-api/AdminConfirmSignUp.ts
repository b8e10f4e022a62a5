import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { confirmByAdministrator } from '../model/confirm-sign-up.ts';
import { requireNamedUser } from './authorisation.ts';
import { ClientMetadataType, namedUserMembers } from './shapes.ts';

/** Confirms a registration without a code (Cognito: AdminConfirmSignUp). */
export const operation = signedOperation(
  z.object({ ...namedUserMembers, ClientMetadata: ClientMetadataType.optional() }),
  async (pool, input) => {
    const { userPool, user } = requireNamedUser(pool, input);
    await confirmByAdministrator(pool, userPool, user, input.ClientMetadata);
    return {};
  },
);
