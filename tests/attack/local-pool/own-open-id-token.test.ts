import {
  CreateIdentityPoolCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
  GetOpenIdTokenForDeveloperIdentityCommand,
  SetIdentityPoolRolesCommand,
} from '@aws-sdk/client-cognito-identity';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type IdentityPoolServer,
  provider,
  role,
  startIdentityPoolServer,
  webClientId,
} from '../../integration/local-pool/identity-pool/identity-pool-server.ts';
import { refusalOf } from '../../integration/local-pool/identity-pool/refusal.ts';

const own = 'cognito-identity.amazonaws.com';
const developer = 'login.my-company';
const refused = {
  name: 'NotAuthorizedException',
  message: 'Token is not from a supported provider of this identity pool.',
};

let server: IdentityPoolServer;
let IdentityPoolId: string;
let Logins: Record<string, string>;

beforeAll(async () => {
  server = await startIdentityPoolServer();
  const { identity } = server;
  const created = await identity.send(
    new CreateIdentityPoolCommand({
      IdentityPoolName: 'attacked',
      AllowUnauthenticatedIdentities: true,
      AllowClassicFlow: true,
      DeveloperProviderName: developer,
      CognitoIdentityProviders: [{ ProviderName: provider, ClientId: webClientId }],
    }),
  );
  IdentityPoolId = created.IdentityPoolId ?? '';
  await identity.send(
    new SetIdentityPoolRolesCommand({
      IdentityPoolId,
      Roles: { authenticated: role('Authenticated'), unauthenticated: role('Guest') },
      RoleMappings: { [`${provider}:${webClientId}`]: { Type: 'Token', AmbiguousRoleResolution: 'Deny' } },
    }),
  );
  await server.createUser('ada');
  Logins = { [provider]: (await server.signIn('ada')).idToken };
});
afterAll(() => server.close());

const identityOf = async (logins?: Record<string, string>) =>
  (await server.identity.send(new GetIdCommand({ IdentityPoolId, ...(logins && { Logins: logins }) })))
    .IdentityId ?? '';
const openIdToken = async (IdentityId: string, logins?: Record<string, string>) =>
  (await server.identity.send(new GetOpenIdTokenCommand({ IdentityId, ...(logins && { Logins: logins }) })))
    .Token ?? '';
const credentials = (IdentityId: string, logins: Record<string, string>) =>
  server.identity.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins: logins }));

async function developerToken(name: string) {
  const answer = await server.identity.send(
    new GetOpenIdTokenForDeveloperIdentityCommand({ IdentityPoolId, Logins: { [developer]: name } }),
  );
  return { IdentityId: answer.IdentityId ?? '', Token: answer.Token ?? '' };
}

describe('the token of GetOpenIdToken', () => {
  it('does not go round the role mapping of the login that it was given for', async () => {
    const id = await identityOf(Logins);
    expect(await refusalOf(credentials(id, Logins))).toMatchObject({ name: 'NotAuthorizedException' });
    const token = await openIdToken(id, Logins);
    expect(await refusalOf(credentials(id, { [own]: token }))).toEqual(refused);
  });

  it('is not renewed by itself', async () => {
    const id = await identityOf(Logins);
    const token = await openIdToken(id, Logins);
    expect(await refusalOf(openIdToken(id, { [own]: token }))).toEqual(refused);
  });

  it('of a guest is no login either', async () => {
    const id = await identityOf();
    expect(await refusalOf(openIdToken(id, { [own]: await openIdToken(id) }))).toEqual(refused);
  });

  it('does not become a login by way of a developer’s token', async () => {
    const { IdentityId, Token } = await developerToken('user-1');
    const basic = await openIdToken(IdentityId, { [own]: Token });
    expect(decodeJwt(basic).amr).toEqual(decodeJwt(Token).amr);
    expect(await refusalOf(openIdToken(IdentityId, { [own]: basic }))).toEqual(refused);
    expect(await refusalOf(credentials(IdentityId, { [own]: basic }))).toEqual(refused);
  });
});

describe('the token of GetOpenIdTokenForDeveloperIdentity', () => {
  it('is a login until it expires', async () => {
    const { IdentityId, Token } = await developerToken('user-2');
    expect((await credentials(IdentityId, { [own]: Token })).IdentityId).toBe(IdentityId);
    server.clock.advance(901_000);
    expect((await refusalOf(credentials(IdentityId, { [own]: Token }))).message).toMatch(
      /^Invalid login token\. Token expired: /,
    );
  });
});
