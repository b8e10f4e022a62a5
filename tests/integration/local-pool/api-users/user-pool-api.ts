import {
  CognitoIdentityProvider,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { settableClock } from '../../../../local-pool/src/clock.ts';
import {
  type LocalPoolOptions,
  type RunningLocalPool,
  startLocalPool,
} from '../../../../local-pool/src/start.ts';
import { freshConnections } from '../../../support/fresh-connections.ts';

export const password = 'Cabana-demo-1';

export interface TestPool {
  UserPoolId: string;
  ClientId: string;
  secret?: string | undefined;
}

export interface UserPoolApi extends RunningLocalPool {
  clock: ReturnType<typeof settableClock>;
  api: CognitoIdentityProvider;
  /** Makes a user pool with one app client. */
  createPool(
    settings?: Partial<CreateUserPoolCommandInput>,
    client?: Partial<CreateUserPoolClientCommandInput>,
  ): Promise<TestPool>;
  createClient(UserPoolId: string, client?: Partial<CreateUserPoolClientCommandInput>): Promise<TestPool>;
  /** The newest code that was sent, read as a test outside this repository would. */
  newestCode(UserPoolId: string, username: string, purpose: string): Promise<string>;
  messages(UserPoolId: string, username: string, purpose?: string): Promise<InboxMessage[]>;
  /** A confirmed user with {@link password}. */
  createUser(UserPoolId: string, Username: string, attributes?: Record<string, string>): Promise<string>;
  /** An access token of a password sign-in. */
  accessToken(pool: TestPool, USERNAME: string, PASSWORD?: string): Promise<string>;
}

export interface InboxMessage {
  code: string;
  body: string;
  subject: string;
  medium: string;
  destination: string;
}

/** What Cognito's API takes for attributes. */
export const attributeList = (attributes: Record<string, string>) =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** What it gives back. */
export const attributeRecord = (
  list: { Name?: string | undefined; Value?: string | undefined }[] | undefined,
): Record<string, string | undefined> =>
  Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name, Value]));

/** A local pool in memory without any template, and the AWS SDK in front of it. */
export async function startUserPoolApi(options: LocalPoolOptions = {}): Promise<UserPoolApi> {
  const clock = settableClock();
  const running = await startLocalPool({ port: 0, template: false, clock, ...options });
  const api = new CognitoIdentityProvider({
    endpoint: running.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    // It would repeat LimitExceededException, which is what some tests want to see.
    ...freshConnections,
  });

  const createClient: UserPoolApi['createClient'] = async (UserPoolId, client = {}) => {
    const { UserPoolClient } = await api.createUserPoolClient({
      UserPoolId,
      ClientName: 'test',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      ...client,
    });
    return { UserPoolId, ClientId: UserPoolClient?.ClientId ?? '', secret: UserPoolClient?.ClientSecret };
  };
  const messages: UserPoolApi['messages'] = async (userPoolId, username, purpose) => {
    const query = new URLSearchParams({ userPoolId, username, ...(purpose && { purpose }) });
    return (await (await fetch(`${running.url}/inbox.json?${query}`)).json()) as InboxMessage[];
  };
  return {
    ...running,
    clock,
    api,
    createClient,
    messages,
    async createPool(settings = {}, client = {}) {
      const { UserPool } = await api.createUserPool({ PoolName: 'people', ...settings });
      return createClient(UserPool?.Id ?? '', client);
    },
    async newestCode(UserPoolId, username, purpose) {
      const [newest] = await messages(UserPoolId, username, purpose);
      if (!newest) throw new Error(`No message of kind ${purpose} was sent.`);
      return newest.code;
    },
    async createUser(UserPoolId, Username, attributes = {}) {
      const { User } = await api.adminCreateUser({
        UserPoolId,
        Username,
        UserAttributes: attributeList(attributes),
        MessageAction: 'SUPPRESS',
      });
      await api.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
      return attributeRecord(User?.Attributes).sub ?? '';
    },
    async accessToken({ ClientId }, USERNAME, PASSWORD = password) {
      const { AuthenticationResult } = await api.initiateAuth({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId,
        AuthParameters: { USERNAME, PASSWORD },
      });
      if (!AuthenticationResult?.AccessToken) throw new Error('The sign-in gave no access token.');
      return AuthenticationResult.AccessToken;
    },
    async close() {
      api.destroy();
      await running.close();
    },
  };
}

/** A refusal by name and text, for `toMatchObject`. */
export const refusal = (name: string, message: string) => ({ name, message });
