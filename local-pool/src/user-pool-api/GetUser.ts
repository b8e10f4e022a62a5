import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { identitiesAttribute } from '../model/identities.ts';
import { readableAttributes } from '../model/readable-attributes.ts';
import { requireAccessToken } from './authorisation.ts';
import { TokenModelType } from './shapes.ts';
import { attributeList, mfaMembers } from './user-type.ts';

/** The attributes that the token's client may read, whatever its scopes, and the user's factors (Cognito: GetUser). */
export const operation = publicOperation(z.object({ AccessToken: TokenModelType }), async (pool, input) => {
  const { client, user } = await requireAccessToken(pool, input.AccessToken);
  return {
    Username: user.username,
    UserAttributes: attributeList({
      sub: user.sub,
      ...identitiesAttribute(user),
      ...readableAttributes(user, client, []),
    }),
    ...mfaMembers(user),
  };
});
