import {
  CreateIdentityPoolCommand,
  DescribeIdentityCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenForDeveloperIdentityCommand,
  LookupDeveloperIdentityCommand,
  MergeDeveloperIdentitiesCommand,
  SetIdentityPoolRolesCommand,
  UnlinkDeveloperIdentityCommand,
  UnlinkIdentityCommand,
} from '@aws-sdk/client-cognito-identity';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anyone,
  type IdentityPoolServer,
  provider,
  role,
  startIdentityPoolServer,
  webClientId,
} from './identity-pool-server.ts';
import { refusalOf } from './refusal.ts';

const developer = 'login.my-company';
const own = 'cognito-identity.amazonaws.com';

let server: IdentityPoolServer;
let IdentityPoolId: string;
beforeAll(async () => {
  server = await startIdentityPoolServer();
  const created = await server.identity.send(
    new CreateIdentityPoolCommand({
      IdentityPoolName: 'developer',
      AllowUnauthenticatedIdentities: true,
      DeveloperProviderName: developer,
      CognitoIdentityProviders: [{ ProviderName: provider, ClientId: webClientId }],
    }),
  );
  IdentityPoolId = created.IdentityPoolId ?? '';
  await server.identity.send(
    new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: { authenticated: role('Authenticated') } }),
  );
});
afterAll(() => server.close());

const openIdToken = async (
  Logins: Record<string, string>,
  more: { IdentityId?: string; TokenDuration?: number; PrincipalTags?: Record<string, string> } = {},
) => {
  const answer = await server.identity.send(
    new GetOpenIdTokenForDeveloperIdentityCommand({ IdentityPoolId, Logins, ...more }),
  );
  return { IdentityId: answer.IdentityId ?? '', Token: answer.Token ?? '' };
};
const lookUp = (input: {
  IdentityId?: string;
  DeveloperUserIdentifier?: string;
  MaxResults?: number;
  NextToken?: string;
}) => server.identity.send(new LookupDeveloperIdentityCommand({ IdentityPoolId, ...input }));

describe('a user of the developer’s own', () => {
  it('has one identity, and a token for as long as asked', async () => {
    const { IdentityId, Token } = await openIdToken(
      { [developer]: 'user-1' },
      { TokenDuration: 3600, PrincipalTags: { dept: 'eng' } },
    );
    expect((await openIdToken({ [developer]: 'user-1' })).IdentityId).toBe(IdentityId);
    const claims = decodeJwt(Token);
    expect(claims.amr).toEqual(['authenticated', developer, `${developer}:${IdentityPoolId}:user-1`]);
    expect(Number(claims.exp) - Number(claims.iat)).toBe(3600);
    expect(claims['https://aws.amazon.com/tags']).toEqual({ principal_tags: { dept: ['eng'] } });
  });

  it('exchanges the token for credentials, here and at STS', async () => {
    const { IdentityId, Token } = await openIdToken({ [developer]: 'user-2' }, { PrincipalTags: { a: 'b' } });
    const { Credentials } = await server.identity.send(
      new GetCredentialsForIdentityCommand({ IdentityId, Logins: { [own]: Token } }),
    );
    const payload = Buffer.from(Credentials?.SessionToken?.split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(payload)).toMatchObject({
      roleArn: role('Authenticated'),
      identityId: IdentityId,
      principalTags: { a: 'b' },
    });
    const sts = new STSClient({ endpoint: server.url, region: 'us-east-1', credentials: anyone });
    const assumed = await sts.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: role('Reader'),
        RoleSessionName: 's1',
        WebIdentityToken: Token,
      }),
    );
    expect(assumed.SubjectFromWebIdentityToken).toBe(IdentityId);
  });

  it('cannot use the token for another identity, nor when it has expired, nor to find one', async () => {
    const { Token } = await openIdToken({ [developer]: 'user-3' });
    const { IdentityId } = await openIdToken({ [developer]: 'user-4' });
    const Logins = { [own]: Token };
    const use = () => server.identity.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
    expect((await refusalOf(use())).message).toMatch(/^Logins don't match\./);
    const find = server.identity.send(new GetIdCommand({ IdentityPoolId, Logins }));
    expect((await refusalOf(find)).name).toBe('NotAuthorizedException');
    server.clock.advance(901_000);
    expect((await refusalOf(use())).message).toMatch(/^Invalid login token\. Token expired: /);
  });

  it('is linked to an identity that somebody proves to be theirs', async () => {
    const Logins = { [provider]: await server.idTokenWith({ sub: 'linked' }) };
    const { IdentityId = '' } = await server.identity.send(new GetIdCommand({ IdentityPoolId, Logins }));
    expect((await refusalOf(openIdToken({ [developer]: 'user-5' }, { IdentityId }))).message).toMatch(
      /^Logins don't match\./,
    );
    const linked = await openIdToken({ ...Logins, [developer]: 'user-5' }, { IdentityId });
    expect(linked.IdentityId).toBe(IdentityId);
    const described = await server.identity.send(new DescribeIdentityCommand({ IdentityId }));
    expect(described.Logins).toEqual([provider, developer]);

    const { IdentityId: other } = await openIdToken({ [developer]: 'user-6' });
    expect(other).not.toBe(IdentityId);
    const taken = openIdToken({ ...Logins, [developer]: 'user-6' }, { IdentityId });
    expect((await refusalOf(taken)).name).toBe('DeveloperUserAlreadyRegisteredException');
  });

  it('wants the identity pool’s own provider', async () => {
    expect((await refusalOf(openIdToken({ 'login.other': 'x' }))).name).toBe('InvalidParameterException');
    const two = openIdToken({ [developer]: 'x', 'login.other': 'x' });
    expect((await refusalOf(two)).message).toBe(
      'Token is not from a supported provider of this identity pool.',
    );
  });
});

describe('looking up', () => {
  it('finds the identity of a user and the users of an identity, by pages', async () => {
    const { IdentityId } = await openIdToken({ [developer]: 'b-1' });
    await openIdToken({ [developer]: 'b-2' });
    await server.identity.send(
      new MergeDeveloperIdentitiesCommand({
        IdentityPoolId,
        DeveloperProviderName: developer,
        SourceUserIdentifier: 'b-2',
        DestinationUserIdentifier: 'b-1',
      }),
    );
    expect(await lookUp({ DeveloperUserIdentifier: 'b-2' })).toMatchObject({
      IdentityId,
      DeveloperUserIdentifierList: ['b-1', 'b-2'],
    });
    const first = await lookUp({ IdentityId, MaxResults: 1 });
    expect(first.DeveloperUserIdentifierList).toEqual(['b-1']);
    const second = await lookUp({ IdentityId, MaxResults: 1, NextToken: first.NextToken ?? '' });
    expect(second.DeveloperUserIdentifierList).toEqual(['b-2']);
    expect(second.NextToken).toBeUndefined();
  });

  it('refuses nothing, nobody and what does not belong together', async () => {
    const { IdentityId } = await openIdToken({ [developer]: 'c-1' });
    await openIdToken({ [developer]: 'c-2' });
    expect((await refusalOf(lookUp({}))).name).toBe('InvalidParameterException');
    expect((await refusalOf(lookUp({ DeveloperUserIdentifier: 'c-9' }))).name).toBe(
      'ResourceNotFoundException',
    );
    const apart = lookUp({ IdentityId, DeveloperUserIdentifier: 'c-2' });
    expect((await refusalOf(apart)).name).toBe('ResourceConflictException');
    expect((await lookUp({ IdentityId, DeveloperUserIdentifier: 'c-1' })).IdentityId).toBe(IdentityId);
  });
});

describe('merging and unlinking', () => {
  const merge = (SourceUserIdentifier: string, DestinationUserIdentifier: string) =>
    server.identity.send(
      new MergeDeveloperIdentitiesCommand({
        IdentityPoolId,
        DeveloperProviderName: developer,
        SourceUserIdentifier,
        DestinationUserIdentifier,
      }),
    );

  it('leads both users to one identity and puts the other out of reach', async () => {
    const source = await openIdToken({ [developer]: 'd-1' });
    const destination = await openIdToken({ [developer]: 'd-2' });
    expect((await merge('d-1', 'd-2')).IdentityId).toBe(destination.IdentityId);
    expect((await openIdToken({ [developer]: 'd-1' })).IdentityId).toBe(destination.IdentityId);
    const old = server.identity.send(
      new GetCredentialsForIdentityCommand({
        IdentityId: source.IdentityId,
        Logins: { [own]: source.Token },
      }),
    );
    expect((await refusalOf(old)).message).toBe(`Access to Identity '${source.IdentityId}' is forbidden.`);
    expect((await merge('d-2', 'd-2')).IdentityId).toBe(destination.IdentityId);
  });

  it('refuses two accounts of one public provider, and unknown users', async () => {
    for (const user of ['e-1', 'e-2'])
      await openIdToken({ [developer]: user, [provider]: await server.idTokenWith({ sub: user }) });
    expect((await refusalOf(merge('e-1', 'e-2'))).name).toBe('ResourceConflictException');
    expect((await refusalOf(merge('e-1', 'e-9'))).name).toBe('ResourceNotFoundException');
  });

  it('makes an unlinked user new, and an identity without logins unreachable', async () => {
    const { IdentityId, Token } = await openIdToken({ [developer]: 'f-1' });
    const unlink = (DeveloperUserIdentifier: string) =>
      server.identity.send(
        new UnlinkDeveloperIdentityCommand({
          IdentityId,
          IdentityPoolId,
          DeveloperProviderName: developer,
          DeveloperUserIdentifier,
        }),
      );
    await openIdToken({ [developer]: 'f-2' });
    expect((await refusalOf(unlink('f-2'))).name).toBe('ResourceConflictException');
    await unlink('f-1');
    expect((await openIdToken({ [developer]: 'f-1' })).IdentityId).not.toBe(IdentityId);
    const use = server.identity.send(
      new GetCredentialsForIdentityCommand({ IdentityId, Logins: { [own]: Token } }),
    );
    expect((await refusalOf(use)).message).toBe(`Access to Identity '${IdentityId}' is forbidden.`);
  });

  it('unlinks a public login for whoever has it, and for nobody else', async () => {
    const Logins = { [provider]: await server.idTokenWith({ sub: 'g-1' }) };
    const { IdentityId } = await openIdToken({ ...Logins, [developer]: 'g-1' });
    const unlink = (logins: Record<string, string>) =>
      server.identity.send(
        new UnlinkIdentityCommand({ IdentityId, Logins: logins, LoginsToRemove: [provider] }),
      );
    const stranger = { [provider]: await server.idTokenWith({ sub: 'g-2' }) };
    expect((await refusalOf(unlink(stranger))).name).toBe('NotAuthorizedException');
    await unlink(Logins);
    const described = await server.identity.send(new DescribeIdentityCommand({ IdentityId }));
    expect(described.Logins).toEqual([developer]);
    const found = await server.identity.send(new GetIdCommand({ IdentityPoolId, Logins }));
    expect(found.IdentityId).not.toBe(IdentityId);
  });
});
