import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { SignJWT } from 'jose';
import { secondsNow, settableClock } from '../../../../local-pool/src/clock.ts';
import {
  type LocalPoolOptions,
  type RunningLocalPool,
  startLocalPool,
} from '../../../../local-pool/src/start.ts';
import { freshConnections } from '../../../support/fresh-connections.ts';

export const userPoolId = 'us-east-1_People001';
export const webClientId = 'identitypoolweb00000000001';
export const otherClientId = 'identitypoolother000000001';
export const identityPoolId = 'us-east-1:11111111-2222-3333-4444-555555555555';
export const provider = `cognito-idp.us-east-1.amazonaws.com/${userPoolId}`;
export const password = 'Identity-pool-1';
export const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;

const template = `
Resources:
  People:
    Type: AWS::Cognito::UserPool
    Metadata: { LocalPool: { Id: ${userPoolId} } }
    Properties:
      UserPoolName: people
      Schema: [{ Name: dept, AttributeDataType: String, Mutable: true }]
  Web:
    Type: AWS::Cognito::UserPoolClient
    Metadata: { LocalPool: { ClientId: ${webClientId} } }
    Properties:
      UserPoolId: !Ref People
      ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
  Other:
    Type: AWS::Cognito::UserPoolClient
    Metadata: { LocalPool: { ClientId: ${otherClientId} } }
    Properties:
      UserPoolId: !Ref People
      ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
  Admins:
    Type: AWS::Cognito::UserPoolGroup
    Properties: { UserPoolId: !Ref People, GroupName: admins, Precedence: 1, RoleArn: "${role('Admins')}" }
  Editors:
    Type: AWS::Cognito::UserPoolGroup
    Properties: { UserPoolId: !Ref People, GroupName: editors, Precedence: 1, RoleArn: "${role('Editors')}" }
  Identities:
    Type: AWS::Cognito::IdentityPool
    Metadata: { LocalPool: { Id: "${identityPoolId}" } }
    Properties:
      IdentityPoolName: people
      AllowUnauthenticatedIdentities: true
      AllowClassicFlow: true
      CognitoIdentityProviders:
        - { ProviderName: !GetAtt People.ProviderName, ClientId: !Ref Web }
  Roles:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties:
      IdentityPoolId: !Ref Identities
      Roles: { authenticated: "${role('Authenticated')}", unauthenticated: "${role('Guest')}" }
`;

export interface IdentityPoolServer extends RunningLocalPool {
  clock: ReturnType<typeof settableClock>;
  identity: CognitoIdentityClient;
  users: CognitoIdentityProviderClient;
  /** Makes a confirmed user in groups. @returns the `sub` */
  createUser(username: string, groups?: string[], attributes?: Record<string, string>): Promise<string>;
  signIn(username: string, clientId?: string): Promise<{ idToken: string; accessToken: string }>;
  /** An ID token with claims of the test's own, signed by the user pool. */
  idTokenWith(claims: Record<string, unknown>): Promise<string>;
}

export const anyone = { accessKeyId: 'local', secretAccessKey: 'local' };

/** A local pool in memory with a user pool, two app clients and an identity pool that takes one of them. */
export async function startIdentityPoolServer(
  options: Pick<LocalPoolOptions, 'issuer'> = {},
): Promise<IdentityPoolServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cabana-'));
  writeFileSync(join(folder, 'template.yaml'), template);
  const clock = settableClock(Math.floor(Date.now() / 1000) * 1000);
  const running = await startLocalPool({
    ...options,
    port: 0,
    clock,
    template: join(folder, 'template.yaml'),
  });
  const settings = { endpoint: running.url, region: 'us-east-1', credentials: anyone, ...freshConnections };
  const users = new CognitoIdentityProviderClient(settings);
  return {
    ...running,
    clock,
    users,
    identity: new CognitoIdentityClient(settings),
    async createUser(username, groups = [], attributes = {}) {
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      const user = { UserPoolId: userPoolId, Username: username };
      const created = await users.send(
        new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: 'SUPPRESS' }),
      );
      await users.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
      const sub = created.User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
      for (const GroupName of groups)
        await users.send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
      return sub;
    },
    async signIn(username, clientId = webClientId) {
      const { AuthenticationResult: result } = await users.send(
        new InitiateAuthCommand({
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId: clientId,
          AuthParameters: { USERNAME: username, PASSWORD: password },
        }),
      );
      return { idToken: result?.IdToken ?? '', accessToken: result?.AccessToken ?? '' };
    },
    idTokenWith(claims) {
      const { kid, privateKey } = running.pool.signingKeys(userPoolId).id;
      const now = secondsNow(clock);
      const good = {
        sub: 'a1b2c3d4-1111-4222-8333-444455556666',
        iss: running.pool.userPool(userPoolId)?.issuer ?? '',
        aud: webClientId,
        token_use: 'id',
        iat: now,
        exp: now + 300,
      };
      return new SignJWT({ ...good, ...claims }).setProtectedHeader({ kid, alg: 'RS256' }).sign(privateKey);
    },
    async close() {
      await running.close();
      rmSync(folder, { recursive: true });
    },
  };
}
