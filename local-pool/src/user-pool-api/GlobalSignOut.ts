import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { signOutEverywhere } from '../model/end-sign-ins.ts';
import { requireAccessToken } from './authorisation.ts';
import { TokenModelType } from './shapes.ts';

/** Ends every sign-in of the token's user, whichever client it was at (Cognito: GlobalSignOut). */
export const operation = publicOperation(z.object({ AccessToken: TokenModelType }), async (pool, input) => {
  const { user } = await requireAccessToken(pool, input.AccessToken);
  signOutEverywhere(pool, user);
  return {};
});
