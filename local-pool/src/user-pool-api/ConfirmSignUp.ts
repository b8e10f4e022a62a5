import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { confirmSignUp } from '../model/confirm-sign-up.ts';
import { requireSecretHash } from '../model/secret-hash.ts';
import { openSignUpSession, renewSignUpSession } from '../model/sign-up-session.ts';
import { requireAppClient } from './authorisation.ts';
import { ConfirmationCodeType, clientUserMembers, SessionType } from './shapes.ts';

/** Confirms a registration with the code that was sent (Cognito: ConfirmSignUp). */
export const operation = publicOperation(
  z.object({
    ...clientUserMembers,
    ConfirmationCode: ConfirmationCodeType,
    ForceAliasCreation: z.boolean().optional(),
    Session: SessionType.optional(),
  }),
  async (pool, input) => {
    const { userPool, client } = requireAppClient(pool, input.ClientId);
    requireSecretHash(client, [input.Username], input.SecretHash);
    const user = await confirmSignUp(pool, userPool, client, {
      username: input.Username,
      code: input.ConfirmationCode,
      forceAliasCreation: input.ForceAliasCreation,
      clientMetadata: input.ClientMetadata,
    });
    // The code has proven the address: Amplify gives no session here and signs in with the one that it gets.
    const session =
      input.Session === undefined
        ? openSignUpSession(pool, client, user)
        : renewSignUpSession(pool, client, user, input.Session);
    return { ...(session !== undefined && { Session: session }) };
  },
);
