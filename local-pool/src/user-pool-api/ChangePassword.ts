import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { changePassword } from '../model/change-password.ts';
import { requireAccessToken } from './authorisation.ts';
import { PasswordType, TokenModelType } from './shapes.ts';

/** Replaces the password of the token's user (Cognito: ChangePassword). */
export const operation = publicOperation(
  z.object({
    PreviousPassword: PasswordType.optional(),
    ProposedPassword: PasswordType,
    AccessToken: TokenModelType,
  }),
  async (pool, input) => {
    const { userPool, user } = await requireAccessToken(pool, input.AccessToken);
    changePassword(pool, userPool, user, {
      previous: input.PreviousPassword,
      proposed: input.ProposedPassword,
    });
    return {};
  },
);
