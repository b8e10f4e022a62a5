import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { completePasskeyRegistration } from '../model/register-passkey.ts';
import { requireAccessToken } from './authorisation.ts';
import { TokenModelType } from './shapes.ts';

/** Registers the passkey that the user's browser has made (Cognito: CompleteWebAuthnRegistration). */
export const operation = publicOperation(
  z.object({ AccessToken: TokenModelType, Credential: z.looseObject({}) }),
  async (pool, input) => {
    await completePasskeyRegistration(
      pool,
      await requireAccessToken(pool, input.AccessToken),
      input.Credential,
    );
    return {};
  },
);
