import type { IssuedTokens } from '../../tokens.ts';
import type { TokenResponse } from './grant.ts';

/** Puts issued tokens into the members of the token endpoint's answer. */
export function tokenResponse(tokens: IssuedTokens, refreshToken?: string): TokenResponse {
  return {
    ...(tokens.idToken !== undefined && { id_token: tokens.idToken }),
    access_token: tokens.accessToken,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    expires_in: tokens.expiresIn,
    token_type: 'Bearer',
  };
}
