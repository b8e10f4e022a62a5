import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { confirmForgotPassword } from '../model/forgot-password.ts';
import { requireSecretHash } from '../model/secret-hash.ts';
import { requireAppClient } from './authorisation.ts';
import { ConfirmationCodeType, clientUserMembers, PasswordType } from './shapes.ts';

/** Sets a new password with the code that was sent (Cognito: ConfirmForgotPassword). */
export const operation = publicOperation(
  z.object({
    ...clientUserMembers,
    ConfirmationCode: ConfirmationCodeType,
    Password: PasswordType,
  }),
  async (pool, input) => {
    const { userPool, client } = requireAppClient(pool, input.ClientId);
    requireSecretHash(client, [input.Username], input.SecretHash);
    await confirmForgotPassword(pool, userPool, client, {
      username: input.Username,
      code: input.ConfirmationCode,
      password: input.Password,
      clientMetadata: input.ClientMetadata,
    });
    return {};
  },
);
