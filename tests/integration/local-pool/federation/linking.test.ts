import {
  AdminDisableProviderForUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  type AdminLinkProviderForUserCommandInput,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createUser } from '../../../../local-pool/src/model/create-user.ts';
import type { User, UserStatus } from '../../../../local-pool/src/model/user.ts';
import type { JarBrowser } from '../../../support/jar-browser.ts';
import { SamlIdentityProvider } from '../../../support/saml-identity-provider.ts';
import {
  jane,
  type OidcProvider,
  type ServiceProvider,
  spPoolId,
  startOidcProvider,
  startServiceProvider,
} from './federated-pools.ts';
import { apiClient, exchangeCode, signInAtPeer } from './steps.ts';

let sp: ServiceProvider;
let peer: OidcProvider;
let saml: SamlIdentityProvider;
let api: CognitoIdentityProviderClient;
let browser: JarBrowser;
let locals = 0;

beforeAll(async () => {
  sp = await startServiceProvider();
  peer = await startOidcProvider(sp);
  saml = new SamlIdentityProvider(() => sp.clock.now());
  api = apiClient(sp);
});
afterAll(async () => {
  api.destroy();
  await peer.close();
  await sp.close();
});
beforeEach(() => {
  browser = sp.browse();
  sp.pool.store.sql('DELETE FROM users WHERE user_pool_id = ?').run(spPoolId);
  sp.addProvider({ name: 'Peer', type: 'OIDC', details: peer.details, attributeMapping: { name: 'name' } });
  sp.addProvider({ name: 'Corp', type: 'SAML', details: { MetadataFile: saml.metadata() } });
  sp.addProvider({ name: 'Spare', type: 'OIDC', details: peer.details });
});

/** A user of the pool's own. */
function makeLocal(status: UserStatus = 'CONFIRMED'): User {
  const userPool = sp.pool.userPool(spPoolId);
  if (!userPool) throw new Error('There is no pool.');
  locals += 1;
  return createUser(sp.pool, userPool, `local-${locals}`, 'Federation-1', {}, status);
}

const source = (value: string, name = 'Peer', attribute = 'Cognito_Subject') => ({
  ProviderName: name,
  ProviderAttributeName: attribute,
  ProviderAttributeValue: value,
});

const link = (username: string, SourceUser: AdminLinkProviderForUserCommandInput['SourceUser']) =>
  api.send(
    new AdminLinkProviderForUserCommand({
      UserPoolId: spPoolId,
      DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: username },
      SourceUser,
    }),
  );
const disable = (User: AdminLinkProviderForUserCommandInput['SourceUser']) =>
  api.send(new AdminDisableProviderForUserCommand({ UserPoolId: spPoolId, User }));

const viaPeer = async (): Promise<JWTPayload> =>
  decodeJwt((await exchangeCode(sp, await signInAtPeer(sp, peer, browser))).id_token);

async function viaSaml(nameId: string, attributes: Record<string, string> = {}): Promise<JWTPayload> {
  const fresh = sp.browse();
  const request = saml.read((await fresh.get(sp.authorizeUrl({ identity_provider: 'Corp' }))).location);
  const visit = await fresh.post(request.acsUrl, saml.answer(request, { nameId, attributes }));
  return decodeJwt((await exchangeCode(sp, visit.location)).id_token);
}

const identitiesOf = async (Username: string): Promise<unknown> => {
  const { UserAttributes = [] } = await api.send(new AdminGetUserCommand({ UserPoolId: spPoolId, Username }));
  return JSON.parse(UserAttributes.find(({ Name }) => Name === 'identities')?.Value ?? '[]');
};

describe('AdminLinkProviderForUser', () => {
  it('signs the provider’s person in as the user, outside the provider’s group', async () => {
    const { username, sub } = makeLocal();
    await link(username, source(peer.janeSub));
    const claims = await viaPeer();
    expect(claims).toMatchObject({
      sub,
      'cognito:username': username,
      name: 'Jane',
      identities: [{ userId: peer.janeSub, providerName: 'Peer', primary: 'false', issuer: null }],
    });
    expect(claims).not.toHaveProperty('cognito:groups');
  });

  it('signs in whoever was invited and has not chosen a password: a provider vouches for them', async () => {
    const { username, sub } = makeLocal('FORCE_CHANGE_PASSWORD');
    await link(username, source(peer.janeSub));
    expect((await viaPeer()).sub).toBe(sub);
    const again = await browser.get(sp.authorizeUrl({ identity_provider: 'Peer' }));
    expect(decodeJwt((await exchangeCode(sp, again.location)).id_token).sub).toBe(sub);
  });

  it('links to a user of another provider as well', async () => {
    const { sub } = await viaSaml('boss');
    await api.send(
      new AdminLinkProviderForUserCommand({
        UserPoolId: spPoolId,
        DestinationUser: source('boss', 'Corp'),
        SourceUser: source(peer.janeSub),
      }),
    );
    const claims = await viaPeer();
    expect(claims.sub).toBe(sub);
    expect(claims.identities).toMatchObject([
      { providerName: 'Corp', primary: 'true' },
      { providerName: 'Peer', primary: 'false' },
    ]);
  });

  it('takes the subject when no attribute is named', async () => {
    const { username, sub } = makeLocal();
    await link(username, { ProviderName: 'Peer', ProviderAttributeValue: peer.janeSub });
    expect((await viaPeer()).sub).toBe(sub);
  });

  it('recognises a SAML person by the attribute that was linked, under that name alone', async () => {
    const { username, sub } = makeLocal();
    await link(username, source('jane@corp.example', 'Corp', 'mail'));
    expect((await viaSaml('j1', { mail: 'jane@corp.example' })).sub).toBe(sub);
    expect((await viaSaml('j2', { nick: 'jane@corp.example' })).sub).not.toBe(sub);
    const { identities, ...others } = await viaSaml('j1', { mail: 'jane@corp.example' });
    expect(identities).toMatchObject([{ userId: 'jane@corp.example', providerType: 'SAML' }]);
    expect(others['cognito:username']).toBe(username);
  });

  it('does not take a linked attribute’s value for a subject', async () => {
    const { username } = makeLocal();
    await link(username, source('jane@corp.example', 'Corp', 'mail'));
    await expect(viaSaml('jane@corp.example')).rejects.toThrow(
      /Already\+found\+an\+entry\+for\+username\+corp_jane/,
    );
    expect(await identitiesOf(username)).toHaveLength(1);
  });

  it('refuses a person who has signed in already', async () => {
    await viaPeer();
    await expect(link(makeLocal().username, source(peer.janeSub))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link',
    });
  });

  it('refuses what is linked already', async () => {
    const { username } = makeLocal();
    await link(username, source('a'));
    await expect(link(username, source('a'))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'SourceUser is already linked to DestinationUser',
    });
  });

  it('links five identities and no more', async () => {
    const { username } = makeLocal();
    for (const value of ['a', 'b', 'c', 'd', 'e']) await link(username, source(value));
    await expect(link(username, source('f'))).rejects.toMatchObject({ name: 'LimitExceededException' });
    expect(await identitiesOf(username)).toHaveLength(5);
  });

  it.each<[string, AdminLinkProviderForUserCommandInput['SourceUser'], string]>([
    [
      'an unknown provider',
      source('a', 'Nobody'),
      `The provider Nobody does not exist for User Pool ${spPoolId}.`,
    ],
    [
      'the pool itself',
      source('a', 'Cognito'),
      `The provider Cognito does not exist for User Pool ${spPoolId}.`,
    ],
    ['no value', source(''), 'ProviderAttributeValue is required'],
    [
      'an OIDC attribute',
      source('a', 'Peer', 'email'),
      'ProviderAttributeName must be Cognito_Subject for the provider Peer',
    ],
  ])('refuses %s as source', async (_, SourceUser, message) => {
    await expect(link(makeLocal().username, SourceUser)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message,
    });
  });

  it('refuses a destination that there is not', async () => {
    await expect(link('nobody', source('a'))).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });
});

describe('AdminDisableProviderForUser', () => {
  it('unlinks: the next sign-in makes a user of its own', async () => {
    const { username, sub } = makeLocal();
    await link(username, source(peer.janeSub));
    expect((await viaPeer()).sub).toBe(sub);
    await disable(source(peer.janeSub));
    expect(await identitiesOf(username)).toEqual([]);
    const silent = await browser.get(sp.authorizeUrl({ identity_provider: 'Peer' }));
    expect(silent.location.origin).toBe(peer.url);
    browser = sp.browse();
    expect((await viaPeer()).sub).not.toBe(sub);
  });

  it('bars a user who exists by the provider alone', async () => {
    const claims = await viaPeer();
    await disable(source(peer.janeSub));
    browser = sp.browse();
    const callback = await signInAtPeer(sp, peer, browser);
    expect(callback.searchParams.get('error_description')).toBe(
      `Already found an entry for username peer_${peer.janeSub}`,
    );
    expect(await identitiesOf(String(claims['cognito:username']))).toEqual([]);
  });

  it('takes a user’s password away', async () => {
    const { username } = makeLocal();
    const signIn = async () => {
      const page = await browser.follow(await browser.get(sp.authorizeUrl()), sp.url);
      return browser.submit(page, 'password', { username, password: 'Federation-1' });
    };
    expect((await signIn()).location.searchParams.has('code')).toBe(true);
    browser = sp.browse();
    await disable({ ProviderName: 'Cognito', ProviderAttributeValue: username });
    const refused = await signIn();
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('Incorrect username or password.');
  });

  it('refuses whom there is not', async () => {
    await expect(disable(source('nobody'))).rejects.toMatchObject({ name: 'UserNotFoundException' });
    const name = jane.username;
    await expect(disable({ ProviderName: 'Cognito', ProviderAttributeValue: name })).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
  });
});
