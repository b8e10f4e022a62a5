import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { openBrowser } from '../../support/browser.ts';
import { namesOf } from '../../support/cookie-names.ts';
import type { TokenChange } from '../../support/hostile-tokens.ts';
import { type HostileUserPool, type Issue, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let app: RunningApp;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

async function signInWith(issue: Issue) {
  pool.onToken(async (request) => ({ body: await pool.tokens(request, issue) }));
  const browser = openBrowser(app);
  const page = await browser.signIn();
  return { end: page.url.pathname + page.url.search, cookies: namesOf(browser.cookies()), page };
}

async function expectNoSession(issue: Issue): Promise<void> {
  const { end, cookies, page } = await signInWith(issue);
  expect(end).toBe('/sign-in?error=tokens_rejected&returnTo=%2Fhome');
  expect(cookies).toEqual([]);
  expect(page.status).toBe(200);
}

const now = (): number => Math.floor(Date.now() / 1_000);
const id = (change: TokenChange): Issue => ({ id: change });
const claims = (changed: Record<string, unknown>): Issue => id({ claims: changed });

test('OF-08 an honest ID token opens a session', async () => {
  expect(await signInWith({})).toMatchObject({ end: '/home', cookies: ['refresh', 'session'] });
});

test('OF-08 an ID token without at_hash is honest too: it is optional with a code', async () => {
  expect(await signInWith(claims({ at_hash: undefined }))).toMatchObject({ end: '/home' });
});

test.each<[string, () => Issue]>([
  ['is missing', () => ({ answer: { id_token: undefined } })],
  ['is empty', () => ({ answer: { id_token: '' } })],
  ['is a number', () => ({ answer: { id_token: 1 } })],
  ['is no JWT', () => ({ answer: { id_token: 'not.a.jwt' } })],
  [
    'has a wrong iss',
    () => claims({ iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other0001' }),
  ],
  ['has its iss with a slash at the end', () => claims({ iss: `${pool.environment.COGNITO_ISSUER}/` })],
  ['has no iss', () => claims({ iss: undefined })],
  ['has a wrong aud', () => claims({ aud: 'otherclient00000000000001' })],
  ['has no aud', () => claims({ aud: undefined })],
  ['has an aud array with a stranger', () => claims({ aud: [pool.clientId, 'otherclient00000000000001'] })],
  [
    'has an aud array with a stranger and our azp',
    () => claims({ aud: [pool.clientId, 'otherclient00000000000001'], azp: pool.clientId }),
  ],
  ['has a wrong azp', () => claims({ azp: 'otherclient00000000000001' })],
  ['has a wrong nonce', () => claims({ nonce: 'another' })],
  ['has no nonce', () => claims({ nonce: undefined })],
  ['has a wrong at_hash', () => claims({ at_hash: 'A'.repeat(22) })],
  ['has an at_hash that is no text', () => claims({ at_hash: 1 })],
  ['is expired', () => claims({ exp: now() - 120, iat: now() - 3_720, auth_time: now() - 3_720 })],
  ['has no exp', () => claims({ exp: undefined })],
  ['has an exp that is text', () => claims({ exp: '9999999999' })],
  ['has no iat', () => claims({ iat: undefined })],
  ['has an iat in the future', () => claims({ iat: now() + 600 })],
  ['has no sub', () => claims({ sub: undefined })],
  ['has an empty sub', () => claims({ sub: '' })],
  ['has another sub than the access token', () => claims({ sub: crypto.randomUUID() })],
  ['has no token_use', () => claims({ token_use: undefined })],
  ['says that it is an access token', () => claims({ token_use: 'access' })],
  ['has no user name', () => claims({ 'cognito:username': undefined })],
  ['has alg none', () => id({ signer: 'none' })],
  ['has alg None', () => id({ signer: 'none', header: { alg: 'None' } })],
  ['is signed with HS256 and the public key', () => id({ signer: 'hmac' })],
  ['is signed with ES256', () => id({ signer: 'curve' })],
  ['has an unknown kid', () => id({ header: { kid: 'unknown' } })],
  ['has no kid', () => id({ header: { kid: undefined } })],
  ['has a bad signature', () => id({ signer: 'stranger' })],
  [
    'brings its own key in the header',
    () => id({ signer: 'stranger', header: { jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } } }),
  ],
  ['names a critical header', () => id({ header: { crit: ['b64'], b64: true } })],
])('OF-08 an ID token that %s opens no session', async (_, issue) => {
  await expectNoSession(issue());
});

test.each<[string, () => Issue]>([
  ['is missing', () => ({ answer: { access_token: undefined } })],
  ['is of another client', () => ({ access: { claims: { client_id: 'otherclient00000000000001' } } })],
  ['is an ID token', () => ({ access: { claims: { token_use: 'id' } } })],
  ['has a bad signature', () => ({ access: { signer: 'stranger' } })],
  ['has alg none', () => ({ access: { signer: 'none' } })],
  ['is expired', () => ({ access: { claims: { exp: now() - 120 } } })],
])('OF-08 an access token that %s opens no session either', async (_, issue) => {
  await expectNoSession(issue());
});

test('OF-08 an answer without a refresh token opens no session', async () => {
  await expectNoSession({ refreshToken: null });
});
