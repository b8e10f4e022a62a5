import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  appCallback,
  type OidcProvider,
  type ServiceProvider,
  spPoolId,
  startOidcProvider,
  startServiceProvider,
} from '../../integration/local-pool/federation/federated-pools.ts';
import {
  exchangeCode,
  fillInAtPeer,
  goToPeer,
  signInAtPeer,
} from '../../integration/local-pool/federation/steps.ts';
import {
  type HostileOidcProvider,
  sendJson,
  startHostileOidcProvider,
} from '../../support/hostile-oidc-provider.ts';
import type { TokenChange } from '../../support/hostile-tokens.ts';
import type { JarBrowser, Visit } from '../../support/jar-browser.ts';

const otherPoolId = 'us-east-1_Relying02';
/** In the same store, so that only the check of the pool keeps the two apart. */
const secondPool = `
  SecondPool:
    Type: AWS::Cognito::UserPool
    Metadata: { LocalPool: { Id: ${otherPoolId} } }
    Properties: { UserPoolName: second }
  SecondDomain:
    Type: AWS::Cognito::UserPoolDomain
    Properties: { UserPoolId: !Ref SecondPool, Domain: second, ManagedLoginVersion: 1 }
`;
const unreachable = 'http://127.0.0.1:1/';
let sp: ServiceProvider;
let peer: OidcProvider;
let hostile: HostileOidcProvider;
let browser: JarBrowser;
let people = 0;

beforeAll(async () => {
  sp = await startServiceProvider({}, secondPool);
  peer = await startOidcProvider(sp);
  hostile = await startHostileOidcProvider(() => sp.clock.now());
});
afterAll(async () => {
  await hostile.close();
  await peer.close();
  await sp.close();
});
beforeEach(() => {
  browser = sp.browse();
  people += 1;
  hostile.reset(`person-${people}`);
  sp.addProvider({ name: 'Peer', type: 'OIDC', details: peer.details });
  sp.addProvider({
    name: 'Hostile',
    type: 'OIDC',
    details: hostile.details,
    attributeMapping: { email: 'email' },
  });
});

/** Begins a sign-in at the hostile provider. @returns the state that it was given */
async function begin(changes: Record<string, string> = {}): Promise<string> {
  const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Hostile', ...changes }));
  expect(location.origin).toBe(hostile.issuer);
  hostile.person.nonce = location.searchParams.get('nonce') ?? '';
  return location.searchParams.get('state') ?? '';
}

/** Comes back from the provider with these parameters. */
function comeBack(parameters: Record<string, string>, poolId = spPoolId): Promise<Visit> {
  return browser.get(`/${poolId}/oauth2/idpresponse?${new URLSearchParams(parameters)}`);
}

const noSession = (visit: Visit) =>
  expect(visit.setCookies.some((line) => /^cognito=./.test(line))).toBe(false);

async function refusedWith(description: string | RegExp, error = 'invalid_request'): Promise<void> {
  const visit = await comeBack({ state: await begin(), code: 'code-1' });
  expect(visit.location.origin + visit.location.pathname).toBe(appCallback);
  expect(Object.fromEntries(visit.location.searchParams)).toEqual({
    error,
    error_description: typeof description === 'string' ? description : expect.stringMatching(description),
    state: 'app-state',
  });
  noSession(visit);
}

describe('an honest provider', () => {
  it('is given the secret in the body, and signs in', async () => {
    const { location } = await comeBack({ state: await begin(), code: 'code-1' });
    const claims = decodeJwt((await exchangeCode(sp, location)).id_token);
    expect(claims.email).toBe(`person-${people}@example.com`);
    expect(hostile.calls.token).toHaveLength(1);
    const [{ body, authorization } = { body: new URLSearchParams(), authorization: '' }] =
      hostile.calls.token;
    expect(authorization).toBeUndefined();
    expect(Object.fromEntries(body)).toEqual({
      grant_type: 'authorization_code',
      code: 'code-1',
      redirect_uri: `${sp.url}/${spPoolId}/oauth2/idpresponse`,
      client_id: hostile.clientId,
      client_secret: hostile.details.client_secret,
    });
    expect(hostile.calls.userInfo).toEqual([]);
  });

  it.each(['GET', 'POST'])('is asked by %s for claims that its ID token lacks', async (method) => {
    const details = { ...hostile.details, attributes_request_method: method };
    sp.addProvider({
      name: 'Hostile',
      type: 'OIDC',
      details,
      attributeMapping: { name: 'name', email: 'email' },
    });
    const { location } = await comeBack({ state: await begin(), code: 'code-1' });
    expect(decodeJwt((await exchangeCode(sp, location)).id_token).name).toBe('From userInfo');
    expect(hostile.calls.userInfo).toEqual([method]);
  });

  it('of a social type has its own subject claim and needs no ID token', async () => {
    const { issuer } = hostile;
    sp.addProvider({
      name: 'Facebook',
      type: 'Facebook',
      details: {
        client_id: hostile.clientId,
        client_secret: 'x',
        authorize_scopes: 'public_profile,email',
        authorize_url: `${issuer}/authorize`,
        token_url: `${issuer}/token`,
        attributes_url: `${issuer}/userinfo`,
      },
      attributeMapping: { email: 'email' },
    });
    hostile.answers.token = (_, response) => sendJson(response, { access_token: 'a', token_type: 'bearer' });
    hostile.answers.userInfo = (_, response) => sendJson(response, { id: 4711, email: 'f@example.com' });
    const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Facebook' }));
    expect(location.searchParams.get('scope')).toBe('public_profile email');
    const state = location.searchParams.get('state') ?? '';
    const callback = (await comeBack({ state, code: 'c' })).location;
    const claims = decodeJwt((await exchangeCode(sp, callback)).id_token);
    expect(claims).toMatchObject({ 'cognito:username': 'facebook_4711', email: 'f@example.com' });
  });
});

describe('an ID token of a provider', () => {
  it.each<[string, TokenChange]>([
    ['with a wrong nonce', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['of alg none', { signer: 'none' }],
    ['signed by another key', { signer: 'stranger' }],
    ['signed with the public key as secret', { signer: 'hmac' }],
    ['of another algorithm', { signer: 'curve' }],
    ['for another audience', { claims: { aud: 'somebody-else' } }],
    ['of another issuer', { claims: { iss: 'https://elsewhere.example' } }],
    ['that has expired', { claims: { exp: 1_700_000_000 } }],
    ['without expiry', { claims: { exp: undefined } }],
    ['without a subject', { claims: { sub: undefined } }],
  ])('%s is refused', async (_, change) => {
    hostile.person.change = change;
    await refusedWith(/^Hostile Error - /);
  });

  it('of alg none is refused although discovery offers it', async () => {
    hostile.person.change = { signer: 'none' };
    hostile.discovery = { id_token_signing_alg_values_supported: ['none', 'RS256'] };
    await refusedWith(/^Hostile Error - /);
  });

  it('that is missing is refused', async () => {
    hostile.answers.token = (_, response) => sendJson(response, { access_token: 'a', token_type: 'bearer' });
    await refusedWith(/^Hostile Error - /);
  });

  it('counts by the pool’s clock', async () => {
    const state = await begin();
    const seconds = Math.floor(sp.clock.now() / 1000);
    hostile.person.change = { claims: { exp: seconds + 60 } };
    sp.clock.advance(120_000);
    const { location } = await comeBack({ state, code: 'code-1' });
    expect(location.searchParams.get('error')).toBe('invalid_request');
  });
});

describe('a provider’s failure goes back to the client in Cognito’s words', () => {
  it('an error of the token endpoint', async () => {
    const body = { error: 'invalid_grant', error_description: 'The code is used up' };
    hostile.answers.token = (_, response) => sendJson(response, body, 400);
    await refusedWith('Hostile Error - 400 The code is used up');
  });

  it('a token endpoint that does not answer within five seconds', async () => {
    hostile.answers.token = () => {};
    await refusedWith('Timeout occurred in calling IdP token endpoint');
  });

  it('a server that breaks the connection', async () => {
    hostile.answers.token = (request) => void request.socket.destroy();
    await refusedWith('Connection reset');
  });

  it('userInfo about somebody else', async () => {
    sp.addProvider({
      name: 'Hostile',
      type: 'OIDC',
      details: hostile.details,
      attributeMapping: { name: 'name' },
    });
    hostile.answers.userInfo = (_, response) => sendJson(response, { sub: 'somebody-else', name: 'Eve' });
    await refusedWith('Hostile Error - the userInfo response is about another subject');
  });

  it('userInfo that is no JSON', async () => {
    sp.addProvider({
      name: 'Hostile',
      type: 'OIDC',
      details: hostile.details,
      attributeMapping: { name: 'name' },
    });
    hostile.answers.userInfo = (_, response) => void response.writeHead(200).end('<html>');
    await refusedWith('Hostile Error - the userInfo response is not a JSON object');
  });

  it('a person who said no', async () => {
    const refusal = { error: 'access_denied', error_description: 'The user cancelled' };
    const { location } = await comeBack({ state: await begin(), ...refusal });
    expect(location.href).toBe(
      `${appCallback}?error_description=The+user+cancelled&state=app-state&error=access_denied`,
    );
    expect(hostile.calls.token).toEqual([]);
  });

  it('another error of the provider', async () => {
    const { location } = await comeBack({ state: await begin(), error: 'server_error' });
    expect(location.href).toBe(
      `${appCallback}?error_description=server_error&state=app-state&error=invalid_request`,
    );
  });

  it.each<[string, Record<string, string>]>([
    [
      'no client ID',
      { client_id: '', authorize_url: unreachable, token_url: unreachable, jwks_uri: unreachable },
    ],
    ['no addresses', { client_id: 'x' }],
    ['empty addresses', { client_id: 'x', authorize_url: '', token_url: '', jwks_uri: '', oidc_issuer: '' }],
    ['plain http to another machine', { client_id: 'x', oidc_issuer: 'http://idp.example.com' }],
    ['an address that is none', { client_id: 'x', oidc_issuer: 'nonsense' }],
    ['an issuer that nobody listens at', { client_id: 'x', oidc_issuer: unreachable }],
  ])('details with %s', async (_, details) => {
    sp.addProvider({ name: 'Broken', type: 'OIDC', details });
    const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Broken' }));
    expect(location.searchParams.get('error')).toBe('invalid_request');
    expect(location.searchParams.get('error_description')).not.toBe('');
  });

  it.each<[string, Record<string, unknown>]>([
    ['without an authorization endpoint', { authorization_endpoint: undefined }],
    ['with an endpoint that is no text', { authorization_endpoint: 7 }],
    ['of another issuer', { issuer: 'https://idp.example.com' }],
    ['without an issuer', { issuer: undefined }],
  ])('a discovery document %s', async (_, members) => {
    hostile.discovery = members;
    const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Hostile' }));
    expect(location.origin + location.pathname).toBe(appCallback);
    expect(location.searchParams.get('error')).toBe('invalid_request');
  });

  it.each<[string, Record<string, unknown>]>([
    ['without a token endpoint', { token_endpoint: undefined }],
    ['without keys', { jwks_uri: undefined }],
    ['with keys that are none', { jwks_uri: unreachable }],
  ])('a discovery document %s', async (_, members) => {
    hostile.discovery = members;
    await refusedWith(/./);
  });

  it.each<[string, unknown]>([
    ['no object', []],
    ['an ID token that is none', { access_token: 'a', token_type: 'bearer', id_token: 'x.y.z' }],
    ['an ID token that is no text', { access_token: 'a', token_type: 'bearer', id_token: { __proto__: 1 } }],
    ['no access token', { token_type: 'bearer' }],
  ])('a token response with %s', async (_, body) => {
    hostile.answers.token = (_request, response) => sendJson(response, body);
    await refusedWith(/./);
  });

  it('a discovery document that leads to plain http elsewhere', async () => {
    hostile.discovery = { token_endpoint: 'http://idp.example.com/token' };
    const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Hostile' }));
    expect(location.searchParams.get('error_description')).toContain('https');
  });
});

describe('an answer that belongs to no sign-in of this browser', () => {
  const shown = (visit: Visit) => {
    expect(visit.status).toBe(400);
    expect(visit.text).toContain('Something went wrong');
    expect(hostile.calls.token).toEqual([]);
    noSession(visit);
  };

  it('a state that nobody gave out', async () => {
    await begin();
    shown(await comeBack({ state: 'x'.repeat(43), code: 'code-1' }));
    shown(await comeBack({ code: 'code-1' }));
  });

  it('a state of another browser, which stays good there', async () => {
    const state = await begin();
    const victim = browser;
    browser = sp.browse();
    await begin();
    shown(await comeBack({ state, code: 'code-1' }));
    browser.jar.remove('csrf-state');
    browser.jar.remove('csrf-state-legacy');
    shown(await comeBack({ state, code: 'code-1' }));
    browser = victim;
    hostile.person.nonce = '';
    expect((await comeBack({ state, code: 'code-1' })).location.origin).toBe(new URL(appCallback).origin);
  });

  it('a state of another pool, which stays good there', async () => {
    const state = await begin();
    browser.jar.plant('localhost', { 'csrf-state': browser.jar.of('localhost')['csrf-state'] ?? '' });
    shown(await comeBack({ state, code: 'code-1' }, otherPoolId));
    expect((await comeBack({ state, code: 'code-1' })).location.searchParams.has('code')).toBe(true);
  });

  it('a state used before', async () => {
    const page = await goToPeer(sp, peer, browser);
    const back = await fillInAtPeer(browser, page);
    expect((await browser.get(back)).location.searchParams.has('code')).toBe(true);
    shown(await browser.get(back));
  });

  it('a state older than five minutes', async () => {
    const state = await begin();
    sp.clock.advance(300_000);
    shown(await comeBack({ state, code: 'code-1' }));
  });

  it('the state of a SAML sign-in', async () => {
    const provider = sp.addProvider({ name: 'Hostile', type: 'OIDC', details: hostile.details });
    const state = await begin();
    provider.type = 'SAML';
    shown(await comeBack({ state, code: 'code-1' }));
  });
});

describe('sign-in through a provider', () => {
  it('closes a session that the browser brought', async () => {
    await signInAtPeer(sp, peer, browser);
    const old = browser.jar.of('localhost').cognito ?? '';
    const state = await begin();
    await comeBack({ state, code: 'code-1' });
    const thief = sp.browse();
    thief.jar.plant('localhost', { cognito: old });
    expect((await thief.get(sp.authorizeUrl())).location.pathname).toBe(`/${spPoolId}/login`);
  });

  it('never signs in whom the pool made an account of that name for', async () => {
    const { pool } = sp;
    const userPool = pool.userPool(spPoolId);
    const { createUser } = await import('../../../local-pool/src/model/create-user.ts');
    if (!userPool) throw new Error('There is no pool.');
    createUser(pool, userPool, `hostile_person-${people}`, 'Federation-1', {}, 'CONFIRMED');
    await refusedWith(`Already found an entry for username hostile_person-${people}`);
  });

  it('LP-12 refuses a subject that no username can hold', async () => {
    hostile.person.claims.sub = `person ${people} with blanks`;
    await refusedWith(/username/);
  });

  it('cookies of the round trip are HttpOnly, and the one for other sites is Secure', async () => {
    const { setCookies } = await browser.get(sp.authorizeUrl({ identity_provider: 'Hostile' }));
    const [none, legacy] = ['csrf-state=', 'csrf-state-legacy='].map((name) =>
      setCookies.find((line) => line.startsWith(name)),
    );
    expect(none).toMatch(/Path=\/us-east-1_Relying01; HttpOnly; Secure; SameSite=None/);
    expect(legacy).toMatch(/HttpOnly/);
    expect(legacy).not.toMatch(/Secure|SameSite/);
  });

  it('keeps neither state nor cookie value in the store', async () => {
    const state = await begin();
    const mark = browser.jar.of('localhost')['csrf-state'] ?? '';
    const rows = JSON.stringify(sp.pool.store.sql('SELECT * FROM federation_requests').all());
    expect(rows).toContain('Hostile');
    expect(rows).not.toContain(state);
    expect(rows).not.toContain(mark);
  });
});
