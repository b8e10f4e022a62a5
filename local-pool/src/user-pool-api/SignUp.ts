import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { requireSecretHash } from '../model/secret-hash.ts';
import { signUp } from '../model/sign-up.ts';
import { openSignUpSession } from '../model/sign-up-session.ts';
import { requireAppClient } from './authorisation.ts';
import { AttributeListType, clientUserMembers, PasswordType } from './shapes.ts';
import { attributeRecord, codeDeliveryDetails } from './user-type.ts';

/** Registers a person (Cognito: SignUp). */
export const operation = publicOperation(
  z.object({
    ...clientUserMembers,
    Password: PasswordType.optional(),
    UserAttributes: AttributeListType.optional(),
    ValidationData: AttributeListType.optional(),
  }),
  async (pool, input) => {
    const { userPool, client } = requireAppClient(pool, input.ClientId);
    requireSecretHash(client, [input.Username], input.SecretHash);
    const { user, delivery } = await signUp(pool, userPool, client, {
      username: input.Username,
      password: input.Password,
      attributes: attributeRecord(input.UserAttributes),
      validationData: input.ValidationData && attributeRecord(input.ValidationData),
      clientMetadata: input.ClientMetadata,
    });
    const session = openSignUpSession(pool, client, user);
    return {
      UserConfirmed: user.status === 'CONFIRMED',
      ...(delivery && { CodeDeliveryDetails: codeDeliveryDetails(delivery) }),
      UserSub: user.sub,
      ...(session !== undefined && { Session: session }),
    };
  },
);
