import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, type RunningApp, startApp } from '../../support/app.ts';
import { type BrokenUserPool, startBrokenUserPool, userPoolId } from '../../support/broken-user-pool.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { freshConnections } from '../../support/fresh-connections.ts';
import { claimsOf, expectEnded, expireAccessToken, heldSession } from '../../support/held-session.ts';

let pool: BrokenUserPool;
let app: RunningApp;
let api: CognitoIdentityProvider;

beforeAll(async () => {
  const port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  app = await startApp(pool.environment, port);
  api = new CognitoIdentityProvider({
    endpoint: pool.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...freshConnections,
  });
});
afterAll(async () => {
  api.destroy();
  await app.stop();
  await pool.close();
});

const Password = 'Cabana-demo-1';

/** A new person who is signed in. */
async function newcomer(): Promise<{ browser: Browser; person: { UserPoolId: string; Username: string } }> {
  const Username = `${crypto.randomUUID()}@example.com`;
  const person = { UserPoolId: userPoolId, Username };
  await api.adminCreateUser({
    ...person,
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: Username },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  await api.adminSetUserPassword({ ...person, Password, Permanent: true });
  const browser = openBrowser(app);
  expect((await browser.signIn({ username: Username, password: Password })).url.pathname).toBe('/home');
  return { browser, person };
}

const refresh = (browser: Browser) => expireAccessToken(app, pool, browser);

describe('RR-10', () => {
  test.each(['adminDisableUser', 'adminDeleteUser'] as const)(
    'RR-10 after %s the next refresh is refused: the session has ended and its cookies are gone',
    async (operation) => {
      const { browser, person } = await newcomer();
      await api[operation](person);
      expect((await browser.get('/home')).status).toBe(200);
      await refresh(browser);
      await expectEnded(browser);
    },
  );

  test('RR-10 a person who is let in again has to sign in again', async () => {
    const { browser, person } = await newcomer();
    await api.adminDisableUser(person);
    await api.adminEnableUser(person);
    await refresh(browser);
    expect((await browser.get('/home')).status).toBe(303);
    const page = await browser.signIn({ username: person.Username, password: Password });
    expect(page.url.pathname).toBe('/home');
  });

  test('RR-10 another password ends no session by itself, as on Cognito', async () => {
    const { browser, person } = await newcomer();
    await api.adminSetUserPassword({ ...person, Password: 'Cabana-demo-2', Permanent: true });
    await refresh(browser);
    expect((await browser.get('/home')).status).toBe(200);
  });

  test('RR-10 a new group and a withdrawn one count from the next refresh on, an access token’s life away at the most', async () => {
    const { browser, person } = await newcomer();
    const admin = async () => (await browser.get('/admin')).status;
    expect(await admin()).toBe(403);
    await api.adminAddUserToGroup({ ...person, GroupName: 'admins' });
    expect(await admin()).toBe(403);
    await refresh(browser);
    expect(await admin()).toBe(200);
    await api.adminRemoveUserFromGroup({ ...person, GroupName: 'admins' });
    expect(await admin()).toBe(200);

    const { session } = await heldSession(app, browser);
    const { exp, iat } = claimsOf(session.accessToken);
    expect(session.refreshDueAt).toBeLessThan(Number(exp));
    expect(Number(exp) - Number(iat)).toBe(3_600);
    await refresh(browser);
    expect(await admin()).toBe(403);
  });

  test('RR-10 a name beyond ASCII arrives with the next refresh as it was written', async () => {
    const { browser, person } = await newcomer();
    await api.adminUpdateUserAttributes({
      ...person,
      UserAttributes: [{ Name: 'name', Value: 'Zoë 名前' }],
    });
    await refresh(browser);
    expect((await browser.get('/home')).text).toContain('Zoë 名前');
  });
});
