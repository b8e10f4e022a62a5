import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { verifyAttribute } from '../model/verify-attribute.ts';
import { requireAccessToken } from './authorisation.ts';
import { AttributeNameType, ConfirmationCodeType, TokenModelType } from './shapes.ts';

/** Verifies an address of the token's user with the code that was sent to it (Cognito: VerifyUserAttribute). */
export const operation = publicOperation(
  z.object({ AccessToken: TokenModelType, AttributeName: AttributeNameType, Code: ConfirmationCodeType }),
  async (pool, input) => {
    const { userPool, user } = await requireAccessToken(pool, input.AccessToken);
    verifyAttribute(pool, { userPool, user, attribute: input.AttributeName }, input.Code);
    return {};
  },
);
