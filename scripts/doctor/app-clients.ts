import type { CognitoIdentityProvider, UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import { endpoints, regionOf } from '../../lib/cognito/endpoints.ts';
import type { Config } from '../../lib/config.ts';

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** The settings of the app clients that people sign in through, and the IDs that belong to none. */
type AppClients =
  | { kind: 'unknown'; reason: string }
  | { kind: 'known'; clients: UserPoolClientType[]; missing: string[] };

/** The app client of the application itself, and those that people use the application through. */
export interface AppClientSubject {
  config: Config;
  web: UserPoolClientType;
  /** The web client and those of COGNITO_API_CLIENT_IDS, without those that are for machines alone. */
  personal: UserPoolClientType[];
}

/** Without credentials, or with some that may not ask, there is nothing to say about an app client. */
const reasons: Record<string, string> = {
  CredentialsProviderError: 'there are no AWS credentials here',
  AccessDeniedException: 'the AWS credentials here may not call cognito-idp:DescribeUserPoolClient',
  NotAuthorizedException: 'the AWS credentials here may not call cognito-idp:DescribeUserPoolClient',
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

async function settingsOf(
  api: CognitoIdentityProvider,
  UserPoolId: string,
  ClientId: string,
): Promise<UserPoolClientType | undefined> {
  try {
    return (await api.describeUserPoolClient({ UserPoolId, ClientId })).UserPoolClient;
  } catch (error) {
    if (nameOf(error) === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/**
 * Reads the settings of the configured app clients (Cognito: DescribeUserPoolClient).
 * @param credentials absent = the default chain of the AWS SDK
 */
export async function findAppClients(config: Config, credentials?: AwsCredentials): Promise<AppClients> {
  const { CognitoIdentityProvider } = await import('@aws-sdk/client-cognito-identity-provider');
  const api = new CognitoIdentityProvider({
    endpoint: endpoints(config).api,
    region: regionOf(config),
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 5_000 },
    ...(credentials && { credentials }),
  });
  const ids = [...new Set([config.clientId, ...config.apiClientIds])];
  try {
    const found = await Promise.all(ids.map((id) => settingsOf(api, config.userPoolId, id)));
    return {
      kind: 'known',
      clients: found.filter((client) => client !== undefined),
      missing: ids.filter((_, index) => found[index] === undefined),
    };
  } catch (error) {
    return {
      kind: 'unknown',
      reason: reasons[nameOf(error)] ?? `AWS did not answer the question (${nameOf(error)})`,
    };
  } finally {
    api.destroy();
  }
}

const isForMachines = ({ AllowedOAuthFlows = [] }: UserPoolClientType): boolean =>
  AllowedOAuthFlows.length > 0 && AllowedOAuthFlows.every((flow) => flow === 'client_credentials');

/** @returns undefined when the application's own app client is not among those that were found */
export function appClientSubject(
  config: Config,
  clients: readonly UserPoolClientType[],
): AppClientSubject | undefined {
  const web = clients.find(({ ClientId }) => ClientId === config.clientId);
  return web && { config, web, personal: clients.filter((client) => !isForMachines(client)) };
}
