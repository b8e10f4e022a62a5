import { CognitoIdentity, type Credentials, type RoleMapping } from '@aws-sdk/client-cognito-identity';
import { STS } from '@aws-sdk/client-sts';
import { type ContractClient, openStage, required, type Stage, type Tokens } from './stage.ts';

/** The ARN of a role by its name. */
export const role = (name: string): string => `arn:aws:iam::000000000000:role/${name}`;

/** A stage with a user pool, groups with roles (`strong` 0, `weak` 5, `left` and `right` 7), and identity pools. */
export interface IdentityPoolStage extends Stage {
  identity: CognitoIdentity;
  people: ContractClient;
  /** The key of the user pool in logins. */
  provider: string;
  /** A new user who has signed in. */
  signedIn(groups?: string[], attributes?: Record<string, string>): Promise<Tokens>;
  /** An identity pool with the roles `Authenticated` and `Guest`. @returns its ID. */
  createIdentityPool(
    mapping?: RoleMapping,
    settings?: Partial<Parameters<CognitoIdentity['createIdentityPool']>[0]>,
  ): Promise<string>;
  /** The enhanced flow. @param token absent for a guest. */
  credentials(identityPoolId: string, token?: string, customRoleArn?: string): Promise<Credentials>;
  /** The name of the role that those credentials are of, as STS tells it. */
  roleOf(identityPoolId: string, token?: string, customRoleArn?: string): Promise<string | undefined>;
}

export async function openIdentityPoolStage(): Promise<IdentityPoolStage> {
  const stage = await openStage();
  const identity = new CognitoIdentity({
    endpoint: stage.identityPoolEndpoint,
    region: stage.region,
    requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } },
  });
  const people = await stage.createPool({
    Schema: [{ Name: 'dept', AttributeDataType: 'String', Mutable: true }],
  });
  const { UserPoolId, ClientId } = people;
  const provider = `cognito-idp.${stage.region}.amazonaws.com/${UserPoolId}`;
  const groups = { strong: 0, weak: 5, left: 7, right: 7 };
  for (const [GroupName, Precedence] of Object.entries(groups))
    await stage.api.createGroup({ UserPoolId, GroupName, Precedence, RoleArn: role(GroupName) });
  const identityPoolIds: string[] = [];
  let users = 0;

  const opened: IdentityPoolStage = {
    ...stage,
    identity,
    people,
    provider,
    async signedIn(memberOf = [], attributes = {}) {
      users += 1;
      const Username = `user-${users}`;
      await stage.createUser(UserPoolId, Username, attributes);
      for (const GroupName of memberOf)
        await stage.api.adminAddUserToGroup({ UserPoolId, Username, GroupName });
      return stage.signIn(people, Username);
    },
    async createIdentityPool(mapping, settings = {}) {
      const { IdentityPoolId } = await identity.createIdentityPool({
        IdentityPoolName: 'contract',
        AllowUnauthenticatedIdentities: false,
        CognitoIdentityProviders: [{ ProviderName: provider, ClientId }],
        ...settings,
      });
      const id = required(IdentityPoolId);
      identityPoolIds.push(id);
      await identity.setIdentityPoolRoles({
        IdentityPoolId: id,
        Roles: { authenticated: role('Authenticated'), unauthenticated: role('Guest') },
        ...(mapping && { RoleMappings: { [`${provider}:${ClientId}`]: mapping } }),
      });
      return id;
    },
    async credentials(IdentityPoolId, token, CustomRoleArn) {
      const Logins: Record<string, string> = token === undefined ? {} : { [provider]: token };
      const { IdentityId } = await identity.getId({ IdentityPoolId, Logins });
      const answer = await identity.getCredentialsForIdentity({
        IdentityId,
        Logins,
        ...(CustomRoleArn && { CustomRoleArn }),
      });
      return required(answer.Credentials);
    },
    async roleOf(...flow) {
      const { AccessKeyId = '', SecretKey = '', SessionToken = '' } = await opened.credentials(...flow);
      const sts = new STS({
        endpoint: stage.stsEndpoint,
        region: stage.region,
        credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken },
      });
      const { Arn } = await sts.getCallerIdentity();
      sts.destroy();
      return /assumed-role\/([^/]+)\//.exec(Arn ?? '')?.[1];
    },
    async close() {
      for (const IdentityPoolId of identityPoolIds) await identity.deleteIdentityPool({ IdentityPoolId });
      identity.destroy();
      await stage.close();
    },
  };
  return opened;
}
