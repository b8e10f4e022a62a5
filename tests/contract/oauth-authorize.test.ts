import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJarBrowser } from '../support/jar-browser.ts';
import {
  authorize,
  createHostedPool,
  discover,
  exchange,
  fillIn,
  logoutUri,
  oauthSettings,
  redirectUri,
  signInByCode,
} from './support/relying-party.ts';
import { type ContractClient, openStage, required, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

let stage: Stage;
let people: ContractClient;
let config: client.Configuration;

beforeAll(async () => {
  stage = await openStage();
  people = await createHostedPool(stage);
  config = await discover(stage, people);
  await stage.createUser(people.UserPoolId, 'jane', { email: 'jane@example.com' });
});
afterAll(() => stage.close());

/** Where a browser without a session is sent by an authorization request, pages of the domain included. */
async function arrive(changes: Record<string, string | undefined>, of = config) {
  const { address, state } = await authorize(of, changes);
  const browser = openJarBrowser(address.origin);
  const last = await browser.follow(await browser.get(address), address.origin);
  return { ...last, state, origin: address.origin };
}

describe('E.2 authorization requests', () => {
  it.each([
    'http://localhost:3456/Callback',
    'http://localhost:3456/callback/',
    'https://evil.example/callback',
  ])('E.2 an unregistered redirect URI is never redirected to: %s', async (redirect_uri) => {
    const { status, location, origin } = await arrive({ redirect_uri });
    expect(location.origin).toBe(origin);
    expect(status).toBe(400);
  });

  it('E.2 an unknown client is never redirected', async () => {
    const { status, location, origin } = await arrive({ client_id: 'unknown' });
    expect(location.origin).toBe(origin);
    expect(status).toBe(400);
  });

  it('E.2 one scope too many comes back as error_description, state, error, in this order', async () => {
    const { location, state } = await arrive({ scope: 'openid email offline_access' });
    expect(location.href).toBe(
      `${redirectUri}?error_description=invalid_scope&state=${state}&error=invalid_request`,
    );
  });

  it('E.2 a challenge without S256, and no response type, come back as invalid_request', async () => {
    for (const changes of [
      { code_challenge_method: undefined },
      { code_challenge_method: 'plain' },
      { response_type: '' },
    ]) {
      const { location } = await arrive(changes);
      expect(location.href.startsWith(`${redirectUri}?`)).toBe(true);
      expect(location.searchParams.get('error')).toBe('invalid_request');
    }
  });

  it('E.2 a grant that the client does not have comes back in the fragment', async () => {
    const { location, state } = await arrive({ response_type: 'token' });
    const answer = new URLSearchParams(location.hash.slice(1));
    expect(answer.get('error')).toBe('invalid_request');
    expect(answer.get('error_description')).toBe('unauthorized_client');
    expect(answer.get('state')).toBe(state);
  });

  it('E.2 the implicit grant gives tokens in the fragment, and no refresh token', async () => {
    const implicit = await stage.createClient(people.UserPoolId, {
      ...oauthSettings,
      AllowedOAuthFlows: ['implicit'],
    });
    const changes = { response_type: 'token', code_challenge: undefined, code_challenge_method: undefined };
    const { address, state, nonce } = await authorize(await discover(stage, implicit), changes);
    const location = await fillIn(openJarBrowser(address.origin), address, 'jane');
    const answer = new URLSearchParams(location.hash.slice(1));
    expect(answer.get('state')).toBe(state);
    expect(answer.get('expires_in')).toBe('3600');
    expect(decodeJwt(required(answer.get('id_token')))).toMatchObject({ nonce, aud: implicit.ClientId });
    expect(decodeJwt(required(answer.get('access_token')))).toMatchObject({ token_use: 'access' });
    expect(answer.has('refresh_token')).toBe(false);
  });
});

describe('E.2 resource', () => {
  it('E.2 resource is the access token’s aud, also after refresh', async () => {
    const resource = 'https://api.example.com';
    const tokens = await signInByCode(config, 'jane', { resource });
    expect(decodeJwt(tokens.access_token).aud).toBe(resource);
    const refreshed = await client.refreshTokenGrant(config, required(tokens.refresh_token));
    expect(decodeJwt(refreshed.access_token).aud).toBe(resource);
  });
});

describe('E.2 prompt', () => {
  /** Prompt is of managed login, whose clients have a branding. */
  async function managedLogin() {
    const managed = await stage.createPool({}, oauthSettings);
    const { UserPoolId, ClientId } = managed;
    await stage.api.createUserPoolDomain({
      UserPoolId,
      Domain: `contract-${crypto.randomUUID()}`,
      ManagedLoginVersion: 2,
    });
    await stage.api.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true });
    await stage.createUser(UserPoolId, 'jane', { email: 'jane@example.com' });
    return discover(stage, managed);
  }

  it('E.2 prompt=none without a session gives login_required, with one a code; login asks again', async () => {
    const managed = await managedLogin();
    const { location } = await arrive({ prompt: 'none' }, managed);
    expect(location.href.startsWith(redirectUri)).toBe(true);
    expect(location.searchParams.get('error')).toBe('login_required');

    const browser = openJarBrowser(location.origin);
    const first = await authorize(managed);
    await exchange(managed, await fillIn(browser, first.address, 'jane'), first);
    const silent = await authorize(managed, { prompt: 'none' });
    const tokens = await exchange(managed, (await browser.get(silent.address)).location, silent);
    expect(tokens.claims()).toMatchObject({ 'cognito:username': 'jane' });

    const again = await authorize(managed, { prompt: 'login' });
    const page = await browser.follow(await browser.get(again.address), again.address.origin);
    expect(page.location.pathname).toMatch(/\/login$/);
    const forced = await exchange(managed, await fillIn(browser, again.address, 'jane'), again);
    expect(forced.claims()).toMatchObject({ 'cognito:username': 'jane' });
  });

  it('E.2 managed login refuses its pages to a client without branding', async () => {
    const managed = await stage.createPool({}, oauthSettings);
    const { UserPoolId } = managed;
    const Domain = `contract-${crypto.randomUUID()}`;
    await stage.api.createUserPoolDomain({ UserPoolId, Domain, ManagedLoginVersion: 2 });
    const { status, text } = await arrive({}, await discover(stage, managed));
    expect(status).toBe(403);
    expect(text).toContain('Login pages unavailable. Please contact an administrator.');
  });
});

describe('E.2 the session', () => {
  const logout = () => new URL(required(config.serverMetadata().end_session_endpoint));

  async function signedIn() {
    const begun = await authorize(config);
    const browser = openJarBrowser(begun.address.origin);
    await fillIn(browser, begun.address, 'jane');
    return browser;
  }
  /** Whether an authorization comes back with a code and without a page. */
  async function isSilent(browser: Awaited<ReturnType<typeof signedIn>>): Promise<boolean> {
    const { address } = await authorize(config);
    return (await browser.get(address)).location.searchParams.has('code');
  }

  it('E.2 logout with logout_uri ends the session and goes there', async () => {
    const browser = await signedIn();
    expect(await isSilent(browser)).toBe(true);
    const address = logout();
    address.search = new URLSearchParams({ client_id: people.ClientId, logout_uri: logoutUri }).toString();
    expect((await browser.get(address)).location.href).toBe(logoutUri);
    expect(await isSilent(browser)).toBe(false);
  });

  it('E.2 logout with redirect_uri ends the session and shows the sign-in page', async () => {
    const browser = await signedIn();
    const address = logout();
    address.search = new URLSearchParams({
      client_id: people.ClientId,
      response_type: 'code',
      redirect_uri: redirectUri,
    }).toString();
    const page = await browser.follow(await browser.get(address), address.origin);
    expect(page.location.pathname).toMatch(/\/login$/);
    expect(page.text).toContain('name="password"');
    expect(await isSilent(browser)).toBe(false);
  });

  it('E.2 logout to an unregistered logout_uri is refused, and nothing is redirected there', async () => {
    const browser = await signedIn();
    const address = logout();
    const parameters = { client_id: people.ClientId, logout_uri: 'https://evil.example/' };
    address.search = new URLSearchParams(parameters).toString();
    const answer = await browser.follow(await browser.get(address), address.origin);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.location.origin).toBe(address.origin);
    expect(answer.text).toContain('redirect_uri');
  });

  describe('over time', () => {
    requires('clock that can be moved');

    it('E.2 the session ends an hour after the sign-in although it was used in between', async () => {
      const browser = await signedIn();
      await stage.pass(1800);
      expect(await isSilent(browser)).toBe(true);
      await stage.pass(1790);
      expect(await isSilent(browser)).toBe(true);
      await stage.pass(11);
      expect(await isSilent(browser)).toBe(false);
    });
  });
});
