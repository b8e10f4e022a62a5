import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { Config } from '../config.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { log } from '../log.ts';
import { endpoints, regionOf } from './endpoints.ts';

/** For one try to connect, and for its whole answer; in milliseconds. */
const CONNECTION_DEADLINE_MS = 2_000;
const ANSWER_DEADLINE_MS = 5_000;

/** What an administrator needs to know of a user to act on them. */
interface UserOfPool {
  sub: string;
  username: string;
}

/** Loaded when an administrator first needs it: nobody else waits for the SDK at the start. */
async function openClient(config: Config) {
  const sdk = await import('@aws-sdk/client-cognito-identity-provider');
  const client = new sdk.CognitoIdentityProviderClient({
    endpoint: endpoints(config).api,
    region: regionOf(config),
    // The person who waits may try again, and does not wait twice as long.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECTION_DEADLINE_MS,
      requestTimeout: ANSWER_DEADLINE_MS,
      throwOnRequestTimeout: true,
    },
  });
  return { sdk, client };
}

/** The names that the SDK and AWS give to refusals; what is not here is the user pool's trouble and passes. */
const codes: Record<string, ErrorCode> = {
  UserNotFoundException: 'unknown_user',
  InvalidParameterException: 'unknown_user',
  CredentialsProviderError: 'aws_credentials_missing',
  AccessDeniedException: 'aws_access_denied',
  NotAuthorizedException: 'aws_access_denied',
  UnrecognizedClientException: 'aws_access_denied',
  InvalidSignatureException: 'aws_access_denied',
  IncompleteSignatureException: 'aws_access_denied',
  MissingAuthenticationTokenException: 'aws_access_denied',
  ExpiredTokenException: 'aws_access_denied',
};

async function administer<Result>(
  config: Config,
  work: (
    client: CognitoIdentityProviderClient,
    sdk: typeof import('@aws-sdk/client-cognito-identity-provider'),
  ) => Promise<Result>,
): Promise<Result> {
  const { sdk, client } = await openClient(config);
  try {
    return await work(client, sdk);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    log('warn', 'administration_failed', { reason: name });
    throw new AppError(codes[name] ?? 'user_pool_unavailable', name);
  } finally {
    client.destroy();
  }
}

/**
 * Finds a user with the application's own AWS credentials, which the SDK looks for in its usual places (Cognito:
 * AdminGetUser; AWS SDK for JavaScript: credential provider chain).
 * @param name user name, `sub` or alias, as the administrator typed it
 * @throws AppError `unknown_user`, `aws_credentials_missing`, `aws_access_denied`, `user_pool_unavailable`
 */
export async function findUser(config: Config, name: string): Promise<UserOfPool> {
  const { Username: username, UserAttributes: attributes = [] } = await administer(
    config,
    (client, { AdminGetUserCommand }) =>
      client.send(new AdminGetUserCommand({ UserPoolId: config.userPoolId, Username: name })),
  );
  const sub = attributes.find(({ Name }) => Name === 'sub')?.Value;
  if (!sub || !username) throw new AppError('user_pool_unavailable', 'a user without a sub');
  return { sub, username };
}

/**
 * Revokes every refresh token of a user, at each app client (Cognito: AdminUserGlobalSignOut).
 * @throws AppError as {@link findUser}
 */
export const signUserOut = (config: Config, { username }: Pick<UserOfPool, 'username'>): Promise<void> =>
  administer(config, async (client, { AdminUserGlobalSignOutCommand }) => {
    await client.send(
      new AdminUserGlobalSignOutCommand({ UserPoolId: config.userPoolId, Username: username }),
    );
  });
