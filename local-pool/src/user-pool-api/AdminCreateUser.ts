import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { list } from '../aws-json/shapes.ts';
import { createByAdministrator, inviteAgain } from '../model/administered-user.ts';
import { requireUserPool } from './authorisation.ts';
import {
  AttributeListType,
  ClientMetadataType,
  DeliveryMediumType,
  namedUserMembers,
  PasswordType,
} from './shapes.ts';
import { attributeRecord, userType } from './user-type.ts';

/** Creates a user with a temporary password, or invites one again (Cognito: AdminCreateUser). */
export const operation = signedOperation(
  z.object({
    ...namedUserMembers,
    UserAttributes: AttributeListType.optional(),
    ValidationData: AttributeListType.optional(),
    TemporaryPassword: PasswordType.optional(),
    ForceAliasCreation: z.boolean().optional(),
    MessageAction: z.enum(['RESEND', 'SUPPRESS']).optional(),
    DesiredDeliveryMediums: list(DeliveryMediumType).optional(),
    ClientMetadata: ClientMetadataType.optional(),
  }),
  async (pool, input) => {
    const userPool = requireUserPool(pool, input.UserPoolId);
    const media = input.DesiredDeliveryMediums ?? [];
    const create = input.MessageAction === 'RESEND' ? inviteAgain : createByAdministrator;
    const user = await create(pool, userPool, {
      username: input.Username,
      attributes: attributeRecord(input.UserAttributes),
      validationData: input.ValidationData && attributeRecord(input.ValidationData),
      temporaryPassword: input.TemporaryPassword,
      forceAliasCreation: input.ForceAliasCreation ?? false,
      invite: input.MessageAction !== 'SUPPRESS',
      media: media.length > 0 ? media : ['SMS'],
      clientMetadata: input.ClientMetadata,
    });
    return { User: userType(user) };
  },
);
