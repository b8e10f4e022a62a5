import { refreshTokenGrant } from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openFormBrowser } from '../../integration/local-pool/hosted-ui/form-browser.ts';
import { type RelyingParty, relyingParty, signIn } from '../../integration/local-pool/relying-party.ts';
import { freePort, type RunningApp, startApp } from '../../support/app.ts';
import { type BrokenUserPool, startBrokenUserPool } from '../../support/broken-user-pool.ts';
import { openBrowser } from '../../support/browser.ts';
import { claimsOf, expectEnded, heldSession } from '../../support/held-session.ts';
import { people } from '../../support/local-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

let pool: BrokenUserPool;
let app: RunningApp;
let mobile: RelyingParty;

beforeAll(async () => {
  const port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  app = await startApp(pool.environment, port);
  mobile = await relyingParty(pool.url, 'mobile');
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

/** The tokens of a sign-in at the mobile client. */
async function mobileSignIn(scope?: string): Promise<{ access: string; refresh: string }> {
  const tokens = await signIn(openFormBrowser(pool.url), mobile, scope ? { scope } : {});
  if (!tokens.refresh_token) throw new Error('The mobile client was given no refresh token.');
  return { access: tokens.access_token, refresh: tokens.refresh_token };
}

describe('RR-11', () => {
  test('RR-11 a refresh token of another client ends the session that holds it, and costs its owner nothing', async () => {
    const stolen = await mobileSignIn();
    const browser = openBrowser(app);
    await browser.signIn(people.ada);
    const { session } = await heldSession(app, browser);
    const due = { ...session, refreshDueAt: session.refreshedAt };
    browser.jar.plant('localhost', await sealedSession(app, due, stolen.refresh));
    await expectEnded(browser);
    expect(pool.calls.token).toBeGreaterThan(0);
    expect(pool.calls.revoke).toBe(0);
    expect(await refreshTokenGrant(mobile.config, stolen.refresh)).toHaveProperty('access_token');
  });

  test('RR-11 a refresh that asks for more scopes gets no more, and the family goes on', async () => {
    const tokens = await mobileSignIn('openid');
    const response = await fetch(`${pool.issuer}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'cabanamobile00000000000001',
        refresh_token: tokens.refresh,
        scope: 'openid notes/read notes/write aws.cognito.signin.user.admin',
      }),
    });
    // Cognito leaves the parameter out of account; a server that refuses it says invalid_scope.
    const body = (await response.json()) as Record<string, string>;
    if (response.status === 200) expect(claimsOf(body.access_token ?? '').scope).toBe('openid');
    else expect([response.status, body.error]).toEqual([400, 'invalid_scope']);
    const next = await refreshTokenGrant(mobile.config, tokens.refresh);
    expect(claimsOf(next.access_token).scope).toBe(claimsOf(tokens.access).scope);
  });
});
