import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { resendConfirmationCode } from '../model/confirm-sign-up.ts';
import { requireSecretHash } from '../model/secret-hash.ts';
import { requireAppClient } from './authorisation.ts';
import { clientUserMembers } from './shapes.ts';
import { codeDeliveryDetails } from './user-type.ts';

/** Sends the confirmation code again (Cognito: ResendConfirmationCode). */
export const operation = publicOperation(z.object(clientUserMembers), async (pool, input) => {
  const { userPool, client } = requireAppClient(pool, input.ClientId);
  requireSecretHash(client, [input.Username], input.SecretHash);
  const delivery = await resendConfirmationCode(pool, userPool, client, {
    username: input.Username,
    clientMetadata: input.ClientMetadata,
  });
  return { CodeDeliveryDetails: codeDeliveryDetails(delivery) };
});
