import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { forgotPassword } from '../model/forgot-password.ts';
import { requireSecretHash } from '../model/secret-hash.ts';
import { requireAppClient } from './authorisation.ts';
import { clientUserMembers } from './shapes.ts';
import { codeDeliveryDetails } from './user-type.ts';

/** Sends a code for a new password (Cognito: ForgotPassword). */
export const operation = publicOperation(z.object(clientUserMembers), async (pool, input) => {
  const { userPool, client } = requireAppClient(pool, input.ClientId);
  requireSecretHash(client, [input.Username], input.SecretHash);
  const delivery = await forgotPassword(pool, userPool, client, {
    username: input.Username,
    clientMetadata: input.ClientMetadata,
  });
  return { CodeDeliveryDetails: codeDeliveryDetails(delivery) };
});
