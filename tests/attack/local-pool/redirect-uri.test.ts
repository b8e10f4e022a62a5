import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormBrowser } from '../../integration/local-pool/hosted-ui/form-browser.ts';
import {
  clientId,
  type HostedPool,
  redirectUri,
  startHostedPool,
  userPoolId,
} from '../../integration/local-pool/hosted-ui/hosted-pool.ts';
import { authorizeAddress, mobileClientId, openSignedInBrowser } from './oauth-client.ts';

let pool: HostedPool;
/** Signed in, so that a wrong redirect would carry a code at once. */
let browser: FormBrowser;

beforeAll(async () => {
  pool = await startHostedPool();
  browser = await openSignedInBrowser(pool);
});
afterAll(() => pool.close());

async function expectErrorPage(address: string, error: string): Promise<void> {
  const answer = await browser.get(address);
  expect(answer.status).toBe(302);
  const location = new URL(answer.location);
  expect([location.origin, location.pathname]).toEqual([pool.url, `/${userPoolId}/error`]);
  expect(location.searchParams.get('error')).toBe(error);
  expect(location.searchParams.has('code')).toBe(false);
  const page = await browser.get(answer.location);
  expect(page.status).toBe(400);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.text).toContain('An error was encountered with the requested page.');
  expect(page.text).not.toContain('evil.example');
}

const wrong: [what: string, redirectUri: string][] = [
  ['another host', 'http://evil.example/api/auth/callback/cognito'],
  ['a host that begins alike', 'http://localhost.evil.example:3000/api/auth/callback/cognito'],
  ['another host behind user information', 'http://localhost:3000@evil.example/api/auth/callback/cognito'],
  ['127.0.0.1 for localhost', redirectUri.replace('localhost', '127.0.0.1')],
  ['[::1] for localhost', redirectUri.replace('localhost', '[::1]')],
  ['another port', redirectUri.replace('3000', '3001')],
  ['another scheme', redirectUri.replace('http:', 'https:')],
  ['no scheme', redirectUri.replace('http:', '')],
  ['a scheme that runs script', 'javascript:alert(1)//localhost:3000/api/auth/callback/cognito'],
  ['a longer path', `${redirectUri}/more`],
  ['a trailing slash', `${redirectUri}/`],
  ['a shorter path', redirectUri.replace('/cognito', '')],
  ['another path', redirectUri.replace('callback', 'signin')],
  ['an added query', `${redirectUri}?next=https://evil.example`],
  ['an empty query', `${redirectUri}?`],
  ['a fragment', `${redirectUri}#fragment`],
  ['the host in other case', redirectUri.replace('localhost', 'LOCALHOST')],
  ['the path in other case', redirectUri.replace('cognito', 'Cognito')],
  ['the scheme in other case', redirectUri.replace('http', 'HTTP')],
  ['`..` that leads back', redirectUri.replace('/callback', '/x/../callback')],
  ['`..` that leads elsewhere', `${redirectUri}/../../signin`],
  ['`..` percent-encoded', `${redirectUri}/%2e%2e/cognito`],
  ['`.` in the path', redirectUri.replace('/callback', '/./callback')],
  ['a percent-encoded letter', redirectUri.replace('cognito', '%63ognito')],
  ['backslashes', redirectUri.replaceAll('/', '\\')],
  ['a leading space', ` ${redirectUri}`],
  ['a trailing line feed', `${redirectUri}\n`],
  ['a null character', `${redirectUri}\0.evil.example`],
  ['a callback URL of another app client', 'http://localhost:8400/callback'],
];

describe('redirect_uri', () => {
  it('LP-03 the exact callback URL gets a code', async () => {
    const { location } = await browser.get(authorizeAddress());
    expect(location).toMatch(/^http:\/\/localhost:3000\/api\/auth\/callback\/cognito\?code=[0-9a-f-]{36}&/);
  });

  it.each(wrong)('LP-03 %s gets an error page from authorize, never a redirect', async (_, uri) => {
    await expectErrorPage(authorizeAddress({ redirect_uri: uri }), 'redirect_mismatch');
  });

  it.each(wrong)('LP-03 %s gets an error page from the sign-in page, never a redirect', async (_, uri) => {
    const address = authorizeAddress({ redirect_uri: uri }).replace('oauth2/authorize', 'login');
    await expectErrorPage(address, 'redirect_mismatch');
  });

  it.each(wrong)('LP-03 %s gets an error page even where the request has other faults', async (_, uri) => {
    const address = authorizeAddress({ redirect_uri: uri, response_type: 'id_token', scope: 'nothing' });
    await expectErrorPage(address, 'redirect_mismatch');
  });

  it.each(wrong)('LP-03 %s gets an error page from logout, never a redirect', async (_, uri) => {
    const stranger = pool.browse();
    const query = new URLSearchParams({ client_id: clientId, redirect_uri: uri, response_type: 'code' });
    const { status, location } = await stranger.get(`/${userPoolId}/logout?${query}`);
    expect(status).toBe(302);
    expect(new URL(location).origin).toBe(pool.url);
    expect(new URL(location).searchParams.get('error')).toBe('redirect_mismatch');
  });

  it('LP-03 an empty one gets an error page', async () => {
    await expectErrorPage(authorizeAddress({ redirect_uri: '' }), 'invalid_request');
  });

  it('LP-03 a missing one gets an error page where the app client has several', async () => {
    const address = authorizeAddress({ client_id: mobileClientId, redirect_uri: undefined });
    await expectErrorPage(address, 'invalid_request');
  });

  it('LP-03 a missing one means the only one of the app client', async () => {
    const { location } = await browser.get(authorizeAddress({ redirect_uri: undefined }));
    expect(location.startsWith(`${redirectUri}?code=`)).toBe(true);
  });

  const evil = 'https://evil.example/';
  it.each([
    ['good, good', [redirectUri, redirectUri]],
    ['good, evil', [redirectUri, evil]],
    ['evil, good', [evil, redirectUri]],
    ['good, empty', [redirectUri, '']],
  ])('LP-03 a duplicate (%s) gets an error page', async (_, uris) => {
    const twice = uris.map((uri) => `&redirect_uri=${encodeURIComponent(uri)}`).join('');
    await expectErrorPage(authorizeAddress({ redirect_uri: undefined }) + twice, 'redirect_mismatch');
  });

  it.each(['redirect_uri[]', 'Redirect_Uri', 'redirect_uri '])(
    'LP-03 a parameter that is only named like it (%s) redirects nobody',
    async (name) => {
      const { location } = await browser.get(authorizeAddress({ redirect_uri: undefined, [name]: evil }));
      expect(location.startsWith(`${redirectUri}?`)).toBe(true);
    },
  );
});
