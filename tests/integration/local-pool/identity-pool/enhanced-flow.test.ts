import {
  CreateIdentityPoolCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  ListIdentitiesCommand,
  type RoleMapping,
  SetIdentityPoolRolesCommand,
} from '@aws-sdk/client-cognito-identity';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type IdentityPoolServer,
  identityPoolId,
  provider,
  role,
  startIdentityPoolServer,
  webClientId,
} from './identity-pool-server.ts';
import { refusalOf } from './refusal.ts';

let server: IdentityPoolServer;
beforeAll(async () => {
  server = await startIdentityPoolServer();
});
afterAll(() => server.close());

const getId = (Logins?: Record<string, string>, id = identityPoolId) =>
  server.identity.send(new GetIdCommand({ IdentityPoolId: id, ...(Logins && { Logins }) }));

const getCredentials = (
  IdentityId: string | undefined,
  Logins?: Record<string, string>,
  CustomRoleArn?: string,
) =>
  server.identity.send(
    new GetCredentialsForIdentityCommand({
      IdentityId,
      ...(Logins && { Logins }),
      ...(CustomRoleArn && { CustomRoleArn }),
    }),
  );

/** The role that credentials stand for, asked of STS. */
async function assumedRole(credentials: Awaited<ReturnType<typeof getCredentials>>['Credentials']) {
  const sts = new STSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: {
      accessKeyId: credentials?.AccessKeyId ?? '',
      secretAccessKey: credentials?.SecretKey ?? '',
      sessionToken: credentials?.SessionToken ?? '',
    },
  });
  return (await sts.send(new GetCallerIdentityCommand({}))).Arn;
}

const assumed = (name: string) => `arn:aws:sts::000000000000:assumed-role/${name}/CognitoIdentityCredentials`;

describe('the enhanced flow', () => {
  it('gives a person the same identity each time and credentials of an hour', async () => {
    await server.createUser('ada');
    const { idToken } = await server.signIn('ada');
    const { IdentityId } = await getId({ [provider]: idToken });
    expect(IdentityId).toMatch(/^us-east-1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const again = await server.signIn('ada');
    expect((await getId({ [provider]: again.idToken })).IdentityId).toBe(IdentityId);

    const { Credentials, IdentityId: same } = await getCredentials(IdentityId, { [provider]: idToken });
    expect(same).toBe(IdentityId);
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(Credentials?.SecretKey).toHaveLength(40);
    expect(Credentials?.SessionToken).toMatch(/^cabana-local\./);
    const secondsLeft = (Number(Credentials?.Expiration) - server.clock.now()) / 1000;
    expect(Math.round(secondsLeft)).toBe(3600);
    expect(await assumedRole(Credentials)).toBe(assumed('Authenticated'));
  });

  it('says in the session token whose credentials they are', async () => {
    const idToken = await server.idTokenWith({ sub: 'reader' });
    const { IdentityId } = await getId({ [provider]: idToken });
    const { Credentials } = await getCredentials(IdentityId, { [provider]: idToken });
    const [, payload = ''] = (Credentials?.SessionToken ?? '').split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      roleArn: role('Authenticated'),
      identityId: IdentityId,
      identityPoolId,
    });
  });

  it('knows a user pool by its tokens’ issuer too, as Amplify names it', async () => {
    const idToken = await server.idTokenWith({ sub: 'amplified' });
    const issuerName = `${new URL(server.url).host}/${provider.split('/')[1]}`;
    const { IdentityId } = await getId({ [issuerName]: idToken });
    expect((await getId({ [provider]: idToken })).IdentityId).toBe(IdentityId);
    expect((await getId({ [provider]: idToken, [issuerName]: idToken })).IdentityId).toBe(IdentityId);
    expect((await getCredentials(IdentityId, { [issuerName]: idToken })).IdentityId).toBe(IdentityId);
  });

  it('gives people of one pool and one person in two pools different identities', async () => {
    const first = await server.idTokenWith({ sub: 'one' });
    const { IdentityPoolId } = await server.identity.send(
      new CreateIdentityPoolCommand({
        IdentityPoolName: 'second',
        AllowUnauthenticatedIdentities: false,
        CognitoIdentityProviders: [{ ProviderName: provider, ClientId: webClientId }],
      }),
    );
    const ids = [
      await getId({ [provider]: first }),
      await getId({ [provider]: await server.idTokenWith({ sub: 'two' }) }),
      await getId({ [provider]: first }, IdentityPoolId),
    ];
    expect(new Set(ids.map(({ IdentityId }) => IdentityId)).size).toBe(3);
  });
});

describe('with tokens in AWS’s name', () => {
  it('a person has one identity under both names of the user pool', async () => {
    const aws = await startIdentityPoolServer({ issuer: 'aws' });
    const idToken = await aws.idTokenWith({});
    const identityUnder = (key: string) =>
      aws.identity.send(new GetIdCommand({ IdentityPoolId: identityPoolId, Logins: { [key]: idToken } }));
    const { IdentityId } = await identityUnder(provider);
    const local = await identityUnder(`${new URL(aws.url).host}/${provider.split('/')[1]}`);
    expect(local.IdentityId).toBe(IdentityId);
    await aws.close();
  });
});

it('calls at the same time for one person agree on the identity', async () => {
  const Logins = { [provider]: await server.idTokenWith({ sub: 'hurried' }) };
  const answers = await Promise.all(Array.from({ length: 10 }, () => getId(Logins)));
  expect(new Set(answers.map(({ IdentityId }) => IdentityId)).size).toBe(1);
});

describe('a guest', () => {
  it('is new each time and gets the role of guests', async () => {
    const { IdentityId } = await getId();
    expect((await getId()).IdentityId).not.toBe(IdentityId);
    const { Credentials } = await getCredentials(IdentityId);
    expect(await assumedRole(Credentials)).toBe(assumed('Guest'));
  });

  it('becomes a new person by signing in, and is a guest no more', async () => {
    const { IdentityId } = await getId();
    const Logins = { [provider]: await server.idTokenWith({ sub: 'was-a-guest' }) };
    const { Credentials, IdentityId: same } = await getCredentials(IdentityId, Logins);
    expect(same).toBe(IdentityId);
    expect(await assumedRole(Credentials)).toBe(assumed('Authenticated'));
    expect((await getId(Logins)).IdentityId).toBe(IdentityId);
    expect(await refusalOf(getCredentials(IdentityId))).toEqual({
      name: 'NotAuthorizedException',
      message:
        "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    });
  });

  it('who signs in as somebody known becomes that one, and the guest’s identity is out of reach', async () => {
    const Logins = { [provider]: await server.idTokenWith({ sub: 'known' }) };
    const known = await getId(Logins);
    const guest = await getId();
    expect((await getCredentials(guest.IdentityId, Logins)).IdentityId).toBe(known.IdentityId);
    expect(await refusalOf(getCredentials(guest.IdentityId))).toEqual({
      name: 'NotAuthorizedException',
      message: `Access to Identity '${guest.IdentityId}' is forbidden.`,
    });
    const shown = await server.identity.send(
      new ListIdentitiesCommand({ IdentityPoolId: identityPoolId, MaxResults: 60, HideDisabled: true }),
    );
    const ids = shown.Identities?.map(({ IdentityId }) => IdentityId);
    expect(ids).toContain(known.IdentityId);
    expect(ids).not.toContain(guest.IdentityId);
  });
});

describe('roles', () => {
  const key = `${provider}:${webClientId}`;
  const setMapping = (mapping?: RoleMapping) =>
    server.identity.send(
      new SetIdentityPoolRolesCommand({
        IdentityPoolId: identityPoolId,
        Roles: { authenticated: role('Authenticated'), unauthenticated: role('Guest') },
        ...(mapping && { RoleMappings: { [key]: mapping } }),
      }),
    );
  async function roleOf(idToken: string, customRoleArn?: string) {
    const Logins = { [provider]: idToken };
    const { IdentityId } = await getId(Logins);
    return assumedRole((await getCredentials(IdentityId, Logins, customRoleArn)).Credentials);
  }

  it('come from the groups of the user pool by a mapping of the type Token', async () => {
    await setMapping({ Type: 'Token', AmbiguousRoleResolution: 'Deny' });
    await server.createUser('admin', ['admins']);
    await server.createUser('both', ['admins', 'editors']);
    await server.createUser('nobody');
    expect(await roleOf((await server.signIn('admin')).idToken)).toBe(assumed('Admins'));

    const both = (await server.signIn('both')).idToken;
    const denied = {
      name: 'NotAuthorizedException',
      message: 'The ambiguous role mapping rules denied this request',
    };
    expect(await refusalOf(roleOf(both))).toEqual(denied);
    expect(await roleOf(both, role('Editors'))).toBe(assumed('Editors'));
    expect(await refusalOf(roleOf(both, role('Owners')))).toMatchObject({
      name: 'NotAuthorizedException',
      message: expect.stringMatching(/^Access to Identity '.+' is forbidden\.$/),
    });
    expect(await refusalOf(roleOf((await server.signIn('nobody')).idToken))).toEqual(denied);

    await setMapping({ Type: 'Token', AmbiguousRoleResolution: 'AuthenticatedRole' });
    expect(await roleOf(both)).toBe(assumed('Authenticated'));
  });

  it('come from claims by a mapping of the type Rules', async () => {
    const rule = (MatchType: 'Equals' | 'StartsWith', Value: string, name: string) => ({
      Claim: 'custom:dept',
      MatchType,
      Value,
      RoleARN: role(name),
    });
    await setMapping({
      Type: 'Rules',
      AmbiguousRoleResolution: 'Deny',
      RulesConfiguration: { Rules: [rule('Equals', 'engineering', 'Eng'), rule('StartsWith', 'e', 'Other')] },
    });
    await server.createUser('engineer', [], { 'custom:dept': 'engineering' });
    await server.createUser('editor', [], { 'custom:dept': 'editing' });
    expect(await roleOf((await server.signIn('engineer')).idToken)).toBe(assumed('Eng'));
    expect(await roleOf((await server.signIn('editor')).idToken)).toBe(assumed('Other'));
    expect(await refusalOf(roleOf((await server.signIn('nobody')).idToken))).toMatchObject({
      name: 'NotAuthorizedException',
    });
  });

  it('are missed where the pool has none', async () => {
    await server.identity.send(
      new SetIdentityPoolRolesCommand({ IdentityPoolId: identityPoolId, Roles: {} }),
    );
    const expected = {
      name: 'InvalidIdentityPoolConfigurationException',
      message: 'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    };
    expect(await refusalOf(getCredentials((await getId()).IdentityId))).toEqual(expected);
    expect(await refusalOf(roleOf(await server.idTokenWith({})))).toEqual(expected);
    await setMapping();
    expect(await roleOf(await server.idTokenWith({}))).toBe(assumed('Authenticated'));
  });
});
