import {
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoFetchError, type CognitoFetchErrorCode } from './error.ts';
import type { Tokens } from './held-token.ts';

/** An app client of a user pool. */
export interface AppClient {
  userPoolId: string;
  clientId: string;
  clientSecret?: string | undefined;
  /** Of the user pool's API; that of the pool's region when absent. */
  endpoint?: string | undefined;
}

/** For one try to connect, and for its whole answer; in milliseconds. */
const CONNECTION_DEADLINE_MS = 2_000;
const ANSWER_DEADLINE_MS = 5_000;

/**
 * The user pool's API by the AWS SDK, without credentials: these operations are open to everybody who has a password or
 * a refresh token. The SDK never tries twice: what proves a password is good for one use, and so is a rotating refresh
 * token, so that a second try after a lost answer would be refused, and say something that is not so.
 */
export const openUserPool = ({ userPoolId, endpoint }: AppClient): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    region: userPoolId.slice(0, userPoolId.indexOf('_')),
    ...(endpoint && { endpoint }),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECTION_DEADLINE_MS,
      requestTimeout: ANSWER_DEADLINE_MS,
      throwOnRequestTimeout: true,
    },
  });

/** What the user pool says about the request itself. Any other failure may pass, and says nothing about it. */
const refusals = [
  'CodeMismatchException',
  'ExpiredCodeException',
  'InvalidParameterException',
  'InvalidPasswordException',
  'NotAuthorizedException',
  'PasswordHistoryPolicyViolationException',
  'PasswordResetRequiredException',
  'RefreshTokenReuseException',
  'ResourceNotFoundException',
  'UserLambdaValidationException',
  'UserNotConfirmedException',
  'UserNotFoundException',
];

/**
 * Puts one call to the user pool into our terms. The error of the SDK is not passed on: what it carries is for nobody's log.
 * @param refused the code of a refusal
 * @throws CognitoFetchError that code, or `user_pool_unavailable`
 */
export async function ask<Result>(refused: CognitoFetchErrorCode, call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    const { name, code } = error as { name?: string; code?: string };
    if (name && refusals.includes(name)) throw new CognitoFetchError(refused, name);
    throw new CognitoFetchError('user_pool_unavailable', code ?? name);
  }
}

/** @throws CognitoFetchError `user_pool_unavailable` when the answer has no tokens */
export function tokensOf(result: AuthenticationResultType | undefined): Tokens {
  if (!result?.AccessToken) throw new CognitoFetchError('user_pool_unavailable', 'no tokens came');
  return { accessToken: result.AccessToken, idToken: result.IdToken, refreshToken: result.RefreshToken };
}

/**
 * Redeems a refresh token by the operation that works with rotation and without, and takes the secret as it is
 * (Cognito: GetTokensFromRefreshToken). REFRESH_TOKEN_AUTH is refused where the app client rotates.
 * @throws CognitoFetchError `refresh_refused`, `user_pool_unavailable`
 */
export async function refreshTokens(
  userPool: CognitoIdentityProviderClient,
  { clientId, clientSecret }: AppClient,
  refreshToken: string,
): Promise<Tokens> {
  const command = new GetTokensFromRefreshTokenCommand({
    RefreshToken: refreshToken,
    ClientId: clientId,
    ...(clientSecret && { ClientSecret: clientSecret }),
  });
  return tokensOf((await ask('refresh_refused', userPool.send(command))).AuthenticationResult);
}

/**
 * Ends a refresh token and all that came from it (Cognito: RevokeToken).
 * @throws CognitoFetchError `refresh_refused`, `user_pool_unavailable`
 */
export async function revokeToken(
  userPool: CognitoIdentityProviderClient,
  { clientId, clientSecret }: AppClient,
  refreshToken: string,
): Promise<void> {
  const command = new RevokeTokenCommand({
    Token: refreshToken,
    ClientId: clientId,
    ...(clientSecret && { ClientSecret: clientSecret }),
  });
  await ask('refresh_refused', userPool.send(command));
}
