import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { judge } from '#lib/access/policy.ts';
import { principalOfBearer } from '#lib/access/principal.ts';
import { accessTokenClaims } from '#lib/cognito/claims.ts';
import { freshConnections } from '../../../support/fresh-connections.ts';
import { appCode } from '../hosted-ui/challenge-pool.ts';
import type { FormBrowser } from '../hosted-ui/form-browser.ts';
import { ada, type HostedPool, pageAddress, startHostedPool } from '../hosted-ui/hosted-pool.ts';
import {
  authorize,
  fillIn,
  type RelyingParty,
  relyingParty,
  required,
  signIn,
  type Tokens,
} from '../relying-party.ts';
import { loa, toldBy } from './methods-pool.ts';

let pool: HostedPool;
let api: CognitoIdentityProvider;
let web: RelyingParty;
let mobile: RelyingParty;
let browser: FormBrowser;

beforeAll(async () => {
  pool = await startHostedPool();
  api = new CognitoIdentityProvider({
    endpoint: pool.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...freshConnections,
  });
  web = await relyingParty(pool.url, 'web');
  mobile = await relyingParty(pool.url, 'mobile');
});
afterAll(async () => {
  api.destroy();
  await pool.close();
});
beforeEach(() => {
  browser = pool.browse();
});

const byPassword = { acr: loa(1), amr: ['pwd'] };
const byApp = { acr: loa(4), amr: ['pwd', 'otp', 'mfa'] };

/** What both tokens of an answer tell. */
function toldByBoth(tokens: Pick<Tokens, 'id_token' | 'access_token'>) {
  const told = toldBy(required(tokens.id_token));
  expect(toldBy(tokens.access_token)).toEqual(told);
  return told;
}

/** What a policy of the application that asks for a second factor says of an access token. */
function judgement({ access_token }: Pick<Tokens, 'access_token'>) {
  const claims = accessTokenClaims.parse(decodeJwt(access_token));
  return judge({ mfa: true }, principalOfBearer(claims), pool.clock.now() / 1000);
}

/** Sets an authenticator app up with a token of the sign-in. @returns its secret */
async function setUpApp(AccessToken: string): Promise<string> {
  const { SecretCode = '' } = await api.associateSoftwareToken({ AccessToken });
  await api.verifySoftwareToken({ AccessToken, UserCode: appCode(SecretCode, pool.clock.now()) });
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  await api.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings });
  pool.clock.advance(30_000);
  return SecretCode;
}

describe('a sign-in at the pages of the demonstration pool', () => {
  it('tells of the password, at every client that the browser signs in to, and after a refresh', async () => {
    const tokens = await signIn(browser, web);
    expect(toldByBoth(tokens)).toEqual(byPassword);
    const second = await authorize(mobile);
    const elsewhere = await second.finish((await browser.get(second.address)).location);
    expect(toldByBoth(elsewhere)).toEqual(byPassword);
    const refreshed = await client.refreshTokenGrant(web.config, required(tokens.refresh_token));
    expect(toldByBoth(refreshed)).toEqual(byPassword);
  });

  it('tells of the app when somebody who had none signs in again with one', async () => {
    const scope = 'openid aws.cognito.signin.user.admin';
    const weak = await signIn(browser, web, { scope });
    const secret = await setUpApp(weak.access_token);
    expect(judgement(weak)).toBe('second_factor_missing');
    // The browser's session is as weak as it was.
    const same = await authorize(web);
    expect(toldByBoth(await same.finish((await browser.get(same.address)).location))).toEqual(byPassword);

    pool.clock.advance(60_000);
    const anew = await authorize(web, { prompt: 'login' });
    const page = await browser.get(await fillIn(browser, anew.address));
    const code = appCode(secret, pool.clock.now());
    const strong = await anew.finish((await browser.submit(page, 'challenge', { code })).location);
    expect(toldByBoth(strong)).toEqual(byApp);
    expect(judgement(strong)).toBe('allowed');
    expect(strong.claims()?.auth_time).toBe(Math.floor(pool.clock.now() / 1000));

    pool.clock.advance(600_000);
    const later = await authorize(mobile);
    const elsewhere = await later.finish((await browser.get(later.address)).location);
    expect(toldByBoth(elsewhere)).toEqual(byApp);
    expect(elsewhere.claims()?.auth_time).toBe(strong.claims()?.auth_time);
    const refreshed = await client.refreshTokenGrant(web.config, required(strong.refresh_token));
    expect(toldByBoth(refreshed)).toEqual(byApp);
    expect(toldByBoth(await client.refreshTokenGrant(web.config, required(weak.refresh_token)))).toEqual(
      byPassword,
    );
  });

  it('tells of the password with which somebody has just registered', async () => {
    const username = 'katherine@example.com';
    const authorization = await authorize(web);
    const query = new URL(authorization.address).search;
    const form = await browser.get(pageAddress('signup').replace(/\?.*/, query));
    const answer = await browser.submit(form, 'signup', { username, password: ada.password });
    const confirm = await browser.get(answer.location);
    const code = await pool.newestCode(username, 'signUp');
    const done = await browser.submit(confirm, 'confirmUser', { code });
    expect(toldByBoth(await authorization.finish(done.location))).toEqual(byPassword);
  });
});
