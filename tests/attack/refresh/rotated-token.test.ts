import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refreshTokens } from '../../../lib/cognito/token-endpoint.ts';
import { parseConfig } from '../../../lib/config.ts';
import { freePort, type RunningApp, startApp } from '../../support/app.ts';
import { type BrokenUserPool, startBrokenUserPool, webClientId } from '../../support/broken-user-pool.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { claimsOf, expectEnded, expireAccessToken, heldSession } from '../../support/held-session.ts';
import { people } from '../../support/local-pool.ts';

let pool: BrokenUserPool;
let here: RunningApp;
/** Another instance of the same deployment, which remembers no refresh of the first. */
let there: RunningApp;

beforeAll(async () => {
  const port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  here = await startApp(pool.environment, port);
  const { SESSION_SECRET = '' } = here.environment;
  there = await startApp({ ...pool.environment, SESSION_SECRET, APP_URL: here.url });
});
afterAll(async () => {
  await Promise.all([here.stop(), there.stop()]);
  await pool.close();
});
beforeEach(() => pool.reset());

const GRACE_SECONDS = 5;

/** A browser whose refresh token has just been rotated, and a copy of its cookies from before. */
async function rotated(): Promise<{ owner: Browser; thief: Browser; origin: unknown }> {
  const client = pool.pool.appClient(webClientId);
  if (!client) throw new Error('The template has no web client.');
  client.refreshTokenRotation = { enabled: true, graceSeconds: GRACE_SECONDS };
  const owner = openBrowser(here);
  await owner.signIn(people.ada);
  await expireAccessToken(here, pool, owner);
  const thief = openBrowser(there);
  thief.jar.plant('localhost', owner.cookies());
  const before = await heldSession(here, owner);
  expect((await owner.get('/home')).status).toBe(200);
  expect((await heldSession(here, owner)).refreshToken).not.toBe(before.refreshToken);
  return { owner, thief, origin: claimsOf(before.session.accessToken).origin_jti };
}

describe('RR-04', () => {
  test('RR-04 inside the grace a rotated token brings a successor of the same family, and both browsers go on', async () => {
    const { owner, thief, origin } = await rotated();
    expect((await thief.get('/home')).status).toBe(200);
    const [one, other] = [await heldSession(here, owner), await heldSession(here, thief)];
    expect(other.refreshToken).not.toBe(one.refreshToken);
    for (const { session } of [one, other]) expect(claimsOf(session.accessToken).origin_jti).toBe(origin);
    for (const browser of [owner, thief]) {
      await expireAccessToken(here, pool, browser);
      expect((await browser.get('/home')).status).toBe(200);
    }
  });

  test('RR-04 after the grace it is invalid_grant, the session of whoever sent it has ended, and so has the whole family', async () => {
    const { owner, thief } = await rotated();
    const { refreshToken: successor } = await heldSession(here, owner);
    pool.skewClock(GRACE_SECONDS * 1_000);
    const before = there.output().length;
    await expectEnded(thief);
    const line = there
      .output()
      .slice(before)
      .split('\n')
      .find((text) => text.includes('session_ended'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ reason: 'invalid_grant' });

    const config = parseConfig(here.environment);
    expect(await refreshTokens(config, successor)).toEqual({ kind: 'refused', error: 'invalid_grant' });
    await expireAccessToken(here, pool, owner);
    await expectEnded(owner);
    pool.reset();
    expect((await owner.signIn(people.ada)).url.pathname).toBe('/home');
  });
});

describe('RR-12', () => {
  const DAY = 86_400_000;

  test('RR-12 a family that is rotated every day ends thirty days after its sign-in, and its session with it', async () => {
    const browser = openBrowser(here);
    await browser.signIn(people.grace);
    const config = parseConfig(here.environment);
    const held = await heldSession(here, browser);
    const authTime = claimsOf(held.session.accessToken).auth_time;
    let refreshToken = held.refreshToken;
    for (let day = 1; day < 30; day += 1) {
      pool.skewClock(day * DAY);
      const outcome = await refreshTokens(config, refreshToken);
      if (outcome.kind !== 'tokens' || !outcome.refreshToken) throw new Error(`Refused on day ${day}.`);
      expect(claimsOf(outcome.accessToken).auth_time).toBe(authTime);
      expect(outcome.refreshToken).not.toBe(refreshToken);
      refreshToken = outcome.refreshToken;
    }
    pool.skewClock(30 * DAY);
    expect(await refreshTokens(config, refreshToken)).toEqual({ kind: 'refused', error: 'invalid_grant' });
    await expireAccessToken(here, pool, browser);
    await expectEnded(browser);
  });
});
