import {
  type CognitoIdentityProvider as CognitoApi,
  CognitoIdentityProvider,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  type ExplicitAuthFlowsType,
  type UserPoolClientType,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { settableClock } from '../../../../local-pool/src/clock.ts';
import {
  type LocalPoolOptions,
  type RunningLocalPool,
  startLocalPool,
} from '../../../../local-pool/src/start.ts';
import { freshConnections } from '../../../support/fresh-connections.ts';

export interface ConfigurationApi extends RunningLocalPool {
  /** The AWS SDK's client of this pool. */
  api: CognitoApi;
  clock: ReturnType<typeof settableClock>;
}

/** A local pool without a template, and the SDK in front of it. */
export async function startConfigurationApi(options: LocalPoolOptions = {}): Promise<ConfigurationApi> {
  const clock = settableClock();
  const running = await startLocalPool({ port: 0, template: false, clock, ...options });
  const api = new CognitoIdentityProvider({
    endpoint: running.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...freshConnections,
  });
  return { ...running, api, clock };
}

/** Fails where the value is missing. */
export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('A value is missing.');
  return value;
}

export async function newUserPool(
  { api }: ConfigurationApi,
  input: Partial<CreateUserPoolCommandInput> = {},
): Promise<UserPoolType & { Id: string; Arn: string }> {
  const pool = required((await api.createUserPool({ PoolName: 'people', ...input })).UserPool);
  return { ...pool, Id: required(pool.Id), Arn: required(pool.Arn) };
}

export async function newAppClient(
  { api }: ConfigurationApi,
  UserPoolId: string,
  input: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<UserPoolClientType & { ClientId: string }> {
  const { UserPoolClient } = await api.createUserPoolClient({ UserPoolId, ClientName: 'web', ...input });
  const client = required(UserPoolClient);
  return { ...client, ClientId: required(client.ClientId) };
}

/** The flow that GetClientToken needs; the SDK has the operation and not yet this value. */
export const clientTokenFlow = 'ALLOW_CLIENT_TOKEN_AUTH' as ExplicitAuthFlowsType;

/** How the SDK reports a refusal: the exception's class name and Cognito's text. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'no refusal';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'no error';
  }
}
