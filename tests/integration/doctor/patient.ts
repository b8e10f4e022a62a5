import type {
  CreateUserPoolClientCommandInput,
  UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import { SIGN_IN_SCOPES } from '../../../lib/cognito/endpoints.ts';
import { type Config, parseConfig } from '../../../lib/config.ts';
import { type Deployment, examine } from '../../../scripts/doctor/examine.ts';
import type { Finding } from '../../../scripts/doctor/finding.ts';
import { environmentFor } from '../../support/configuration.ts';
import {
  type ConfigurationApi,
  newAppClient,
  newUserPool,
  required,
  startConfigurationApi,
} from '../local-pool/api-configuration/configuration-api.ts';

export const appUrl = 'http://localhost:3000';

export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The settings of an app client with which there is nothing to complain of. */
export const soundSettings = {
  GenerateSecret: true,
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: SIGN_IN_SCOPES.split(' '),
  SupportedIdentityProviders: ['COGNITO'],
  CallbackURLs: [`${appUrl}/api/auth/callback/cognito`],
  LogoutURLs: [`${appUrl}/`],
  WriteAttributes: ['email', 'name'],
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
  EnableTokenRevocation: true,
  PreventUserExistenceErrors: 'ENABLED',
} satisfies Partial<CreateUserPoolClientCommandInput>;

type ClientSettings = Partial<CreateUserPoolClientCommandInput>;
type Variables = Record<string, string | undefined>;

export interface Surgery {
  userPool: ConfigurationApi;
  issuer: string;
  /** Another app client: sound, but for these settings. */
  appClient(changes?: ClientSettings): Promise<UserPoolClientType & { ClientId: string }>;
  /** The configuration of an application with such an app client. */
  config(changes?: ClientSettings, variables?: Variables): Promise<Config>;
  close(): Promise<void>;
}

/** A local pool with a user pool that a doctor has nothing to say about, and no app client yet. */
export async function startSurgery(): Promise<Surgery> {
  const userPool = await startConfigurationApi();
  const { Id } = await newUserPool(userPool, {
    Schema: [{ Name: 'plan', AttributeDataType: 'String', Mutable: true }],
  });
  await userPool.api.createUserPoolDomain({ UserPoolId: Id, Domain: 'doctor' });
  const issuer = `${userPool.url}/${Id}`;
  const appClient = (changes: ClientSettings = {}) =>
    newAppClient(userPool, Id, { ...soundSettings, ...changes });
  return {
    userPool,
    issuer,
    appClient,
    async config(changes, variables) {
      const client = await appClient(changes);
      return parseConfig({
        ...environmentFor(issuer, client.ClientId, appUrl),
        COGNITO_CLIENT_SECRET: client.ClientSecret,
        ...variables,
      });
    },
    close: () => userPool.close(),
  };
}

/** Everything the doctor finds. */
export async function findingsOf(deployment: Deployment): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of examine({ credentials: localCredentials, ...deployment }))
    findings.push(finding);
  return findings;
}

/** What one check of the doctor finds. */
export async function diagnosis(deployment: Deployment, check: string): Promise<Finding> {
  return required((await findingsOf(deployment)).find((finding) => finding.check === check));
}
