import { OAuthError } from '../../errors.ts';
import { isDeviceOf } from '../../model/device.ts';
import { judgeRefreshToken, redeemRefreshToken } from '../../model/refresh-token.ts';
import { issueUserTokens } from '../../tokens.ts';
import { requireParameter } from '../checks/form-body.ts';
import type { Grant } from './grant.ts';
import { tokenResponse } from './token-response.ts';

/** `grant_type=refresh_token` (Cognito: Token endpoint; Refresh token rotation). */
export const refreshTokenGrant: Grant = async (pool, userPool, client, form) => {
  const token = requireParameter(form, 'refresh_token');
  const refreshable = judgeRefreshToken(pool, client, token);
  if (refreshable.kind === 'refused') throw new OAuthError('invalid_grant');

  // No form field carries a device key (Cognito: refresh tokens and devices).
  if (!isDeviceOf(userPool, refreshable.family, undefined)) throw new OAuthError('invalid_grant');

  // The new tokens are made before the old one is spent, so that a failing trigger does not sign the user out.
  const { user, family } = refreshable;
  const tokens = await issueUserTokens(
    pool,
    { userPool, client, user, family },
    'TokenGeneration_RefreshTokens',
  );
  const redeemed = redeemRefreshToken(pool, client, token);
  if (redeemed.kind === 'refused') throw new OAuthError('invalid_grant');
  return tokenResponse(tokens, redeemed.successor);
};
