import type { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity';
import type { IdentityPoolSettings } from '../config.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { log } from '../log.ts';

type Sdk = typeof import('@aws-sdk/client-cognito-identity');

/** For one try to connect, and for all that is asked on behalf of one person; in milliseconds. */
const CONNECTION_DEADLINE_MS = 2_000;
const DEADLINE_MS = 5_000;

/** The names that the SDK and AWS give to refusals; what is not here is the identity pool's trouble and passes. */
const codes: Record<string, ErrorCode> = {
  NotAuthorizedException: 'identity_pool_refused',
  ResourceConflictException: 'identity_pool_refused',
  ResourceNotFoundException: 'identity_pool_misconfigured',
  InvalidIdentityPoolConfigurationException: 'identity_pool_misconfigured',
  InvalidParameterException: 'identity_pool_misconfigured',
  TooManyRequestsException: 'identity_pool_throttled',
  ThrottlingException: 'identity_pool_throttled',
  LimitExceededException: 'identity_pool_throttled',
};

/** For what the application asks with AWS credentials of its own. */
const administrativeCodes: Record<string, ErrorCode> = {
  NotAuthorizedException: 'role_rules_unreadable',
  CredentialsProviderError: 'role_rules_unreadable',
  AccessDeniedException: 'role_rules_unreadable',
  UnrecognizedClientException: 'role_rules_unreadable',
  InvalidSignatureException: 'role_rules_unreadable',
  IncompleteSignatureException: 'role_rules_unreadable',
  MissingAuthenticationTokenException: 'role_rules_unreadable',
  ExpiredTokenException: 'role_rules_unreadable',
};

interface Question {
  client: CognitoIdentityClient;
  sdk: Sdk;
  /** Ends what is asked after 5,000 milliseconds. */
  options: { abortSignal: AbortSignal };
}

/** Loaded when somebody first needs it: nobody else waits for the SDK at the start. */
async function openClient({ id, endpoint }: IdentityPoolSettings) {
  const sdk = await import('@aws-sdk/client-cognito-identity');
  const client = new sdk.CognitoIdentityClient({
    ...(endpoint && { endpoint }),
    region: id.slice(0, id.indexOf(':')),
    // The person who waits may try again, and does not wait twice as long.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: CONNECTION_DEADLINE_MS },
  });
  return { sdk, client };
}

/**
 * Asks the identity pool, within 5,000 milliseconds and without a second try.
 * @param administrative whether it is asked with the application's own AWS credentials
 * @throws AppError `identity_pool_refused`, `identity_pool_misconfigured`, `identity_pool_throttled`,
 * `identity_pool_unavailable`; `role_rules_unreadable` for a refusal of what is administrative
 */
export async function askIdentityPool<Result>(
  settings: IdentityPoolSettings,
  administrative: boolean,
  work: (question: Question) => Promise<Result>,
): Promise<Result> {
  const { sdk, client } = await openClient(settings);
  try {
    return await work({ client, sdk, options: { abortSignal: AbortSignal.timeout(DEADLINE_MS) } });
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    const code = (administrative ? administrativeCodes[name] : undefined) ?? codes[name];
    // AWS's own words may quote the token.
    log('warn', 'identity_pool_failed', { reason: name });
    throw new AppError(code ?? 'identity_pool_unavailable', name);
  } finally {
    client.destroy();
  }
}
