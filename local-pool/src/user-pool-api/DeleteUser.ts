import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { deleteUser } from '../store/users.ts';
import { requireAccessToken } from './authorisation.ts';
import { TokenModelType } from './shapes.ts';

/** Removes the token's user and all that is theirs (Cognito: DeleteUser). */
export const operation = publicOperation(z.object({ AccessToken: TokenModelType }), async (pool, input) => {
  const { user } = await requireAccessToken(pool, input.AccessToken);
  deleteUser(pool, user.userPoolId, user.sub);
  return {};
});
