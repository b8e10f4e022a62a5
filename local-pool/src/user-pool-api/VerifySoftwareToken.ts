import { z } from 'zod';
import { verifyDuringSignIn } from '../authentication/software-token-setup.ts';
import { publicOperation } from '../aws-json/operation.ts';
import { text } from '../aws-json/shapes.ts';
import { CognitoError } from '../errors.ts';
import { changeUser } from '../model/change-user.ts';
import { enrolSoftwareToken, requireSoftwareTokens } from '../model/software-token.ts';
import { requireAccessToken } from './authorisation.ts';
import { SessionType, SoftwareTokenMFAUserCodeType, TokenModelType } from './shapes.ts';

/** Takes the first code of an authenticator app, signed in or while signing in (Cognito: VerifySoftwareToken). */
export const operation = publicOperation(
  z.object({
    AccessToken: TokenModelType.optional(),
    Session: SessionType.optional(),
    UserCode: SoftwareTokenMFAUserCodeType,
    FriendlyDeviceName: text({ max: 131_072 }).optional(),
  }),
  async (pool, { AccessToken, Session, UserCode, FriendlyDeviceName }, { ip }) => {
    const entry = { code: UserCode, friendlyDeviceName: FriendlyDeviceName };
    if (AccessToken !== undefined) {
      const { user, userPool } = await requireAccessToken(pool, AccessToken);
      requireSoftwareTokens(userPool);
      changeUser(pool, userPool, user, (changed) => {
        const secret = changed.details.pendingSoftwareToken;
        if (secret === undefined)
          throw new CognitoError('InvalidParameterException', 'User has not set up software token mfa');
        enrolSoftwareToken(changed, secret, { ...entry, now: pool.clock.now() });
        delete changed.details.pendingSoftwareToken;
      });
      return { Status: 'SUCCESS' };
    }
    if (Session === undefined)
      throw new CognitoError('InvalidParameterException', 'Missing required parameter AccessToken');
    return { Status: 'SUCCESS', Session: verifyDuringSignIn(pool, Session, ip, entry) };
  },
);
