import { z } from 'zod';
import { associateDuringSignIn } from '../authentication/software-token-setup.ts';
import { publicOperation } from '../aws-json/operation.ts';
import { CognitoError } from '../errors.ts';
import { changeUser } from '../model/change-user.ts';
import { createSoftwareTokenSecret, requireSoftwareTokens } from '../model/software-token.ts';
import { requireAccessToken } from './authorisation.ts';
import { SessionType, TokenModelType } from './shapes.ts';

/** Begins to set up an authenticator app, signed in or while signing in (Cognito: AssociateSoftwareToken). */
export const operation = publicOperation(
  z.object({ AccessToken: TokenModelType.optional(), Session: SessionType.optional() }),
  async (pool, { AccessToken, Session }, { ip }) => {
    if (AccessToken !== undefined) {
      const { user, userPool } = await requireAccessToken(pool, AccessToken);
      requireSoftwareTokens(userPool);
      const secret = createSoftwareTokenSecret();
      changeUser(pool, userPool, user, ({ details }) => {
        details.pendingSoftwareToken = secret;
      });
      return { SecretCode: secret };
    }
    if (Session === undefined)
      throw new CognitoError('InvalidParameterException', 'Missing required parameter AccessToken');
    const { secret, session } = associateDuringSignIn(pool, Session, ip);
    return { SecretCode: secret, Session: session };
  },
);
