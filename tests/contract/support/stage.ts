import {
  type AttributeType,
  type AuthenticationResultType,
  CognitoIdentityProvider,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSecretHash } from 'cognito-srp-helper';
import { openTarget, type Target } from '../target.ts';
import { type InboxMessage, readInbox } from './inbox.ts';

/** Meets every password policy that the tests set. */
export const password = 'Contract-Suite-1';

export interface ContractClient {
  UserPoolId: string;
  ClientId: string;
  ClientSecret?: string | undefined;
}

type Settings = Partial<CreateUserPoolCommandInput>;
type ClientSettings = Partial<CreateUserPoolClientCommandInput>;

/** A target, the AWS SDK in front of it, and what tests make there: user pools are deleted at the end. */
export interface Stage extends Target {
  api: CognitoIdentityProvider;
  createPool(settings?: Settings, client?: ClientSettings): Promise<ContractClient>;
  createClient(UserPoolId: string, client?: ClientSettings): Promise<ContractClient>;
  /** A confirmed user with {@link password}. @returns its `sub`. */
  createUser(UserPoolId: string, Username: string, attributes?: Record<string, string>): Promise<string>;
  /** A sign-in with name and password that meets no challenge. */
  signIn(client: ContractClient, username: string, chosen?: string): Promise<Tokens>;
  /** The messages of a user, newest first. */
  inboxOf(UserPoolId: string, username: string, purpose?: string): Promise<InboxMessage[]>;
  newestCode(UserPoolId: string, username: string, purpose?: string): Promise<string>;
}

export type Tokens = AuthenticationResultType & {
  AccessToken: string;
  IdToken: string;
  RefreshToken: string;
};

/** What Cognito's API takes for attributes. */
export const attributeList = (attributes: Record<string, string>): AttributeType[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** What it gives back. */
export const attributeRecord = (list: AttributeType[] | undefined): Record<string, string | undefined> =>
  Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name, Value]));

const allFlows: ClientSettings['ExplicitAuthFlows'] = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];

/** A member that an answer must have. */
export function required<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('The answer lacks a member.');
  return value;
}

export async function openStage(options: Parameters<typeof openTarget>[0] = {}): Promise<Stage> {
  const target = await openTarget(options);
  // Without retries: the SDK would repeat refusals that tests want to see.
  const api = new CognitoIdentityProvider({
    endpoint: target.userPoolEndpoint,
    region: target.region,
    maxAttempts: 1,
    // And without kept connections: one that closes as it is used could not be told from a refusal.
    requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } },
  });
  const userPoolIds: string[] = [];

  const stage: Stage = {
    ...target,
    api,
    async createPool(settings = {}, client = {}) {
      const { UserPool } = await api.createUserPool({ PoolName: 'contract', ...settings });
      const id = required(UserPool?.Id);
      userPoolIds.push(id);
      return stage.createClient(id, client);
    },
    async createClient(UserPoolId, client = {}) {
      const { UserPoolClient } = await api.createUserPoolClient({
        UserPoolId,
        ClientName: 'contract',
        ExplicitAuthFlows: allFlows,
        ...client,
      });
      return {
        UserPoolId,
        ClientId: required(UserPoolClient?.ClientId),
        ClientSecret: UserPoolClient?.ClientSecret,
      };
    },
    async createUser(UserPoolId, Username, attributes = {}) {
      const UserAttributes = attributeList(attributes);
      const { User } = await api.adminCreateUser({
        UserPoolId,
        Username,
        UserAttributes,
        MessageAction: 'SUPPRESS',
      });
      await api.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
      return required(attributeRecord(User?.Attributes).sub);
    },
    async signIn({ ClientId, ClientSecret }, USERNAME, PASSWORD = password) {
      const { AuthenticationResult } = await api.initiateAuth({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId,
        AuthParameters: {
          USERNAME,
          PASSWORD,
          ...(ClientSecret && { SECRET_HASH: createSecretHash(USERNAME, ClientId, ClientSecret) }),
        },
      });
      return completeTokens(AuthenticationResult);
    },
    inboxOf: (UserPoolId, username, purpose) => readInbox(target.inbox, UserPoolId, username, purpose),
    async newestCode(UserPoolId, username, purpose) {
      return required((await stage.inboxOf(UserPoolId, username, purpose))[0]?.code);
    },
    async close() {
      for (const UserPoolId of userPoolIds) await deletePool(api, UserPoolId);
      api.destroy();
      await target.close();
    },
  };
  return stage;
}

/** @throws Error when one of the three tokens is missing. */
export function completeTokens(result: AuthenticationResultType | undefined): Tokens {
  const AccessToken = required(result?.AccessToken);
  const IdToken = required(result?.IdToken);
  const RefreshToken = required(result?.RefreshToken);
  return { ...result, AccessToken, IdToken, RefreshToken };
}

async function deletePool(api: CognitoIdentityProvider, UserPoolId: string): Promise<void> {
  const { UserPool } = await api.describeUserPool({ UserPoolId });
  if (UserPool?.Domain) await api.deleteUserPoolDomain({ UserPoolId, Domain: UserPool.Domain });
  await api.deleteUserPool({ UserPoolId });
}
