import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { startPasskeyRegistration } from '../model/register-passkey.ts';
import { requireAccessToken } from './authorisation.ts';
import { TokenModelType } from './shapes.ts';

/** Begins to register a passkey of the user's own (Cognito: StartWebAuthnRegistration). */
export const operation = publicOperation(z.object({ AccessToken: TokenModelType }), async (pool, input) => ({
  CredentialCreationOptions: await startPasskeyRegistration(
    pool,
    await requireAccessToken(pool, input.AccessToken),
  ),
}));
