import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { text } from '../aws-json/shapes.ts';
import { CognitoError } from '../errors.ts';
import { deleteWebAuthnCredential } from '../store/web-authn-credentials.ts';
import { requireAccessToken } from './authorisation.ts';
import { TokenModelType } from './shapes.ts';

/** Deletes one of the user's own passkeys (Cognito: DeleteWebAuthnCredential). */
export const operation = publicOperation(
  z.object({ AccessToken: TokenModelType, CredentialId: text({ max: 131_072 }) }),
  async (pool, { AccessToken, CredentialId }) => {
    const { userPool, user } = await requireAccessToken(pool, AccessToken);
    if (!deleteWebAuthnCredential(pool, userPool.id, user.sub, CredentialId))
      throw new CognitoError('ResourceNotFoundException', 'Passkey does not exist.');
    return {};
  },
);
