import { CognitoError } from '../errors.ts';
import { permitsAuthFlow } from '../model/auth-flows.ts';
import { isDeviceOf } from '../model/device.ts';
import {
  holderOfRefreshToken,
  judgeRefreshToken,
  type RefreshRefusal,
  redeemRefreshToken,
} from '../model/refresh-token.ts';
import { requireSecretHash } from '../model/secret-hash.ts';
import { type IssuedTokens, issueUserTokens } from '../tokens.ts';
import type { Attempt } from './attempt.ts';
import { requireHonestLengths } from './parameter-lengths.ts';
import { invalidParameter, notAuthorized, requireParameter } from './refusals.ts';

type Caller = Pick<Attempt, 'pool' | 'userPool' | 'client'>;

/** The tokens of a refresh; a successor only where the client rotates. */
export interface RefreshedTokens extends IssuedTokens {
  refreshToken?: string;
}

const REFUSALS: Record<Exclude<RefreshRefusal, 'reused'>, string> = {
  unknown: 'Invalid Refresh Token.',
  expired: 'Refresh Token has expired',
  revoked: 'Refresh Token has been revoked',
  'user-disabled': 'User is disabled.',
};

/**
 * REFRESH_TOKEN_AUTH: not for clients that rotate, who use GetTokensFromRefreshToken (Cognito: Refresh tokens).
 * @throws CognitoError InvalidParameterException, NotAuthorizedException
 */
export async function refreshTokenAuth(
  caller: Caller,
  parameters: Record<string, string>,
  clientMetadata: Record<string, string>,
): Promise<RefreshedTokens> {
  const { pool, client } = caller;
  if (!permitsAuthFlow(client, 'REFRESH_TOKEN_AUTH') || client.refreshTokenRotation.enabled)
    throw invalidParameter('Refresh Token flow not enabled for this client');
  requireHonestLengths(parameters);
  const token = requireParameter(parameters, 'REFRESH_TOKEN');
  if (client.secrets.length > 0) {
    // Before the token is judged: what has become of it is nothing for whoever cannot prove to be the client. For an
    // unknown token nobody can.
    const holder = holderOfRefreshToken(pool, client, token);
    requireSecretHash(client, holder ? [holder.username, holder.sub] : [], parameters.SECRET_HASH);
  }
  return refresh(caller, token, parameters.DEVICE_KEY, clientMetadata);
}

/**
 * Exchanges a refresh token of the client.
 * @throws CognitoError NotAuthorizedException, RefreshTokenReuseException, or of the pre token generation trigger
 */
export async function refresh(
  { pool, userPool, client }: Caller,
  token: string,
  deviceKey: string | undefined,
  clientMetadata: Record<string, string>,
): Promise<RefreshedTokens> {
  const judgement = judgeRefreshToken(pool, client, token);
  if (judgement.kind === 'refused') throw refusal(judgement.reason);
  const { user, family } = judgement;
  if (!isDeviceOf(userPool, family, deviceKey)) throw refusal('unknown');
  // The new tokens are made before the old one is spent, so that a failing trigger does not sign the user out.
  const subject = { userPool, client, user, family };
  const tokens = await issueUserTokens(pool, subject, 'TokenGeneration_RefreshTokens', { clientMetadata });
  if (!client.refreshTokenRotation.enabled) return tokens;
  const redeemed = redeemRefreshToken(pool, client, token);
  if (redeemed.kind === 'refused') throw refusal(redeemed.reason);
  return { ...tokens, ...(redeemed.successor !== undefined && { refreshToken: redeemed.successor }) };
}

function refusal(reason: RefreshRefusal): CognitoError {
  return reason === 'reused'
    ? new CognitoError(
        'RefreshTokenReuseException',
        'Refresh token has been rotated and can no longer be used.',
      )
    : notAuthorized(REFUSALS[reason]);
}
