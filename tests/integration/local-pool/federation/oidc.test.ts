import {
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  GetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JarBrowser } from '../../../support/jar-browser.ts';
import {
  appCallback,
  jane,
  type OidcProvider,
  type ServiceProvider,
  spPoolId,
  startOidcProvider,
  startServiceProvider,
} from './federated-pools.ts';
import { apiClient, exchangeCode, fillInAtPeer, goToPeer, signInAtPeer, userInfo } from './steps.ts';

let sp: ServiceProvider;
let peer: OidcProvider;
let browser: JarBrowser;
let api: CognitoIdentityProviderClient;
let username: string;

beforeAll(async () => {
  sp = await startServiceProvider();
  peer = await startOidcProvider(sp);
  api = apiClient(sp);
  username = `peer_${peer.janeSub}`;
});
afterAll(async () => {
  api.destroy();
  await peer.close();
  await sp.close();
});
beforeEach(() => {
  browser = sp.browse();
  configure({ email: 'email', name: 'name', username: 'email' });
  sp.support(['COGNITO', 'Peer']);
});

function configure(attributeMapping: Record<string, string>, details: Record<string, string> = {}): void {
  const identifiers = ['example.com'];
  sp.addProvider({
    name: 'Peer',
    type: 'OIDC',
    details: { ...peer.details, ...details },
    attributeMapping,
    identifiers,
  });
}

describe('sign-in through an OIDC provider', () => {
  it('gives the tokens of a user of the provider, in its group', async () => {
    const callback = await signInAtPeer(sp, peer, browser);
    expect(callback.href).toMatch(/^http:\/\/localhost:3000\/callback\?code=[0-9a-f-]{36}&state=app-state$/);
    const tokens = await exchangeCode(sp, callback);
    expect(decodeJwt(tokens.id_token)).toMatchObject({
      'cognito:username': username,
      'cognito:groups': [`${spPoolId}_Peer`],
      nonce: 'app-nonce',
      email: jane.email.toLowerCase(),
      email_verified: false,
      name: 'Jane',
      identities: [
        {
          dateCreated: expect.stringMatching(/^\d{13}$/),
          userId: peer.janeSub,
          providerName: 'Peer',
          providerType: 'OIDC',
          issuer: null,
          primary: 'true',
        },
      ],
    });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      username,
      'cognito:groups': [`${spPoolId}_Peer`],
    });
  });

  it('shows the identities to GetUser, AdminGetUser and userInfo as one JSON string', async () => {
    const scope = 'openid aws.cognito.signin.user.admin';
    const callback = await signInAtPeer(sp, peer, browser, { identity_provider: 'Peer', scope });
    const { access_token: AccessToken } = await exchangeCode(sp, callback);
    const own = await api.send(new GetUserCommand({ AccessToken }));
    const seen = await api.send(new AdminGetUserCommand({ UserPoolId: spPoolId, Username: username }));
    const texts = [own, seen].map(
      ({ UserAttributes = [] }) => UserAttributes.find(({ Name }) => Name === 'identities')?.Value,
    );
    texts.push((await userInfo(sp, AccessToken)).identities);
    for (const text of texts)
      expect(text).toMatch(
        new RegExp(
          `^\\[{"userId":"${peer.janeSub}","providerName":"Peer","providerType":"OIDC","issuer":null,"primary":true,"dateCreated":\\d{13}}\\]$`,
        ),
      );
    expect(seen.UserStatus).toBe('EXTERNAL_PROVIDER');
  });

  it('sends what the provider needs, with a state and a nonce of its own', async () => {
    const { location } = await browser.get(
      sp.authorizeUrl({ identity_provider: 'Peer', login_hint: 'jane@example.com' }),
    );
    const { state, nonce, ...others } = Object.fromEntries(location.searchParams);
    expect(others).toEqual({
      client_id: peer.details.client_id,
      redirect_uri: `${sp.url}/${spPoolId}/oauth2/idpresponse`,
      scope: 'openid email profile',
      response_type: 'code',
      login_hint: 'jane@example.com',
    });
    expect(state).toMatch(/^[\w-]{43}$/);
    expect(nonce).not.toBe('app-nonce');
  });

  it('takes the endpoints of the details in place of discovery', async () => {
    const base = `${peer.details.oidc_issuer}`;
    configure(
      { email: 'email' },
      {
        authorize_url: `${base}/oauth2/authorize`,
        token_url: `${base}/oauth2/token`,
        attributes_url: `${base}/oauth2/userInfo`,
        jwks_uri: `${base}/.well-known/jwks.json`,
      },
    );
    const tokens = await exchangeCode(sp, await signInAtPeer(sp, peer, browser));
    expect(decodeJwt(tokens.id_token)['cognito:username']).toBe(username);
  });

  it('writes changed values over old ones, leaves what did not come, and keeps the same user', async () => {
    configure({ name: 'given_name', 'custom:team': 'custom:team', nickname: 'name' });
    const first = await exchangeCode(sp, await signInAtPeer(sp, peer, sp.browse()));
    configure({ nickname: 'custom:team', email_verified: 'email_verified', email: 'email' });
    const second = decodeJwt((await exchangeCode(sp, await signInAtPeer(sp, peer, browser))).id_token);
    expect(second.sub).toBe(decodeJwt(first.id_token).sub);
    expect(second).toMatchObject({ 'custom:team': 'Blue', nickname: 'Blue', email_verified: true });
  });
});

describe('the way to a provider', () => {
  it.each<[string, Record<string, string>]>([
    ['identity_provider', { identity_provider: 'Peer' }],
    ['idp_identifier', { idp_identifier: 'example.com' }],
  ])('is taken for %s at authorize and at login', async (_, parameters) => {
    const authorize = sp.authorizeUrl(parameters);
    for (const address of [authorize, authorize.replace('/oauth2/authorize', '/login')])
      expect((await browser.get(address)).location.origin).toBe(peer.url);
  });

  it('is taken at once where the client has one external provider and no other', async () => {
    sp.support(['Peer']);
    expect((await browser.get(sp.authorizeUrl())).location.origin).toBe(peer.url);
  });

  it('is a link on the sign-in page, beside the form of the pool’s own users', async () => {
    const page = await browser.follow(await browser.get(sp.authorizeUrl()), sp.url);
    expect(page.text).toContain('type="password"');
    const href = /<a class="button other" href="([^"]+)">Continue with Peer<\/a>/.exec(page.text)?.[1];
    const link = await browser.get(href?.replaceAll('&amp;', '&') ?? '');
    expect(link.location.origin).toBe(peer.url);
  });

  it('leads out of a local pool’s form in Chromium, which holds form-action against every redirect', async () => {
    const page = await goToPeer(sp, peer, browser);
    const formAction = /form-action ([^;]+)/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
    expect(formAction?.split(' ')).toEqual(
      expect.arrayContaining(["'self'", sp.url, 'http://localhost:*', 'https:']),
    );
  });

  it('is not shown to whom COGNITO was asked for', async () => {
    const asked = await browser.get(sp.authorizeUrl({ identity_provider: 'COGNITO' }));
    const page = await browser.follow(asked, sp.url);
    expect(page.text).toContain('type="password"');
    expect(page.text).not.toContain('Continue with');
  });

  it('is all there is where the client does not let the pool’s own users in', async () => {
    sp.addProvider({ name: 'Other', type: 'OIDC', details: peer.details });
    sp.support(['Peer', 'Other']);
    const page = await browser.follow(await browser.get(sp.authorizeUrl()), sp.url);
    expect(page.text).toContain('Continue with Other');
    expect(page.text).not.toContain('type="password"');
    const csrf = browser.jar.of('localhost')['XSRF-TOKEN'] ?? '';
    const posted = await browser.post(page.url, { ...jane, _csrf: csrf });
    expect(posted.location.href).toBe(
      `${appCallback}?error_description=The+identity+provider+COGNITO+is+not+enabled+for+the+app+client&state=app-state&error=invalid_request`,
    );
  });

  it.each<[string, Record<string, string>]>([
    ['a provider that the client may not use', { identity_provider: 'Hidden' }],
    ['a provider that there is not', { identity_provider: 'Nobody' }],
    ['an identifier that no provider has', { idp_identifier: 'elsewhere.example' }],
  ])('goes back to the client for %s', async (_, parameters) => {
    sp.addProvider({ name: 'Hidden', type: 'OIDC', details: peer.details });
    sp.support(['COGNITO', 'Peer']);
    const { location } = await browser.get(sp.authorizeUrl(parameters));
    expect(location.searchParams.get('error')).toBe('invalid_request');
    expect(location.searchParams.get('error_description')).toContain(Object.values(parameters)[0]);
  });
});

describe('the hosted session of a federated sign-in', () => {
  const destination = async (parameters: Record<string, string> = {}) =>
    (await browser.get(sp.authorizeUrl(parameters))).location;

  it('signs in again without the provider, and only for the same provider', async () => {
    sp.addProvider({ name: 'Other', type: 'OIDC', details: peer.details });
    await signInAtPeer(sp, peer, browser);
    expect((await destination()).searchParams.has('code')).toBe(true);
    expect((await destination({ identity_provider: 'Peer' })).searchParams.has('code')).toBe(true);
    expect((await destination({ identity_provider: 'Other' })).origin).toBe(peer.url);
    expect((await destination({ identity_provider: 'COGNITO' })).pathname).toBe(`/${spPoolId}/login`);
  });

  it('does not count for a client that may not use the provider', async () => {
    await signInAtPeer(sp, peer, browser);
    sp.support(['COGNITO']);
    expect((await destination()).pathname).toBe(`/${spPoolId}/login`);
  });

  it('ends with logout here, and goes on at the provider', async () => {
    await signInAtPeer(sp, peer, browser);
    await browser.get(sp.authorizeUrl().replace('/oauth2/authorize', '/logout'));
    const away = await browser.get(sp.authorizeUrl({ identity_provider: 'Peer' }));
    expect(away.location.origin).toBe(peer.url);
    expect((await browser.follow(away, sp.url, peer.url)).location.href).toContain(`${appCallback}?code=`);
  });

  it('is asked for anew by prompt=login, which the provider is told; prompt=none never leads there', async () => {
    const domain = sp.pool.userPool(spPoolId)?.domain;
    const client = sp.pool.appClient('federationapp0000000000001');
    if (!domain || !client) throw new Error('There is no domain.');
    Object.assign(domain, { managedLoginVersion: 2 });
    client.branded = true;
    try {
      await signInAtPeer(sp, peer, browser);
      const asked = await destination({ identity_provider: 'Peer', prompt: 'login' });
      expect([asked.origin, asked.searchParams.get('prompt')]).toEqual([peer.url, 'login']);
      expect(
        (await destination({ identity_provider: 'Peer', prompt: 'none' })).searchParams.has('code'),
      ).toBe(true);
      browser = sp.browse();
      const refused = await destination({ identity_provider: 'Peer', prompt: 'none' });
      expect(refused.href).toBe(`${appCallback}?state=app-state&error=login_required`);
    } finally {
      Object.assign(domain, { managedLoginVersion: 1 });
    }
  });

  it('two tabs can be at the provider at the same time', async () => {
    const first = await goToPeer(sp, peer, browser);
    const second = await goToPeer(sp, peer, browser, { identity_provider: 'Peer', state: 'second-tab' });
    const [one, two] = [await fillInAtPeer(browser, first), await fillInAtPeer(browser, second)];
    expect((await browser.get(one)).location.searchParams.get('state')).toBe('app-state');
    expect((await browser.get(two)).location.searchParams.get('state')).toBe('second-tab');
  });
});
