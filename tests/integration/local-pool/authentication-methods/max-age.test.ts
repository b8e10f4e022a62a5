import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startUserPoolApi } from '../api-users/user-pool-api.ts';
import { createChallengePool, isSignedIn } from '../hosted-ui/challenge-pool.ts';
import type { FormBrowser } from '../hosted-ui/form-browser.ts';
import { type HostedPool, startHostedPool, userPoolId } from '../hosted-ui/hosted-pool.ts';
import { authorize, fillIn, type RelyingParty, relyingParty, required, signIn } from '../relying-party.ts';

let pool: HostedPool;
let web: RelyingParty;
let browser: FormBrowser;

beforeAll(async () => {
  pool = await startHostedPool();
  web = await relyingParty(pool.url, 'web');
});
afterAll(() => pool.close());
beforeEach(async () => {
  browser = pool.browse();
  await signIn(browser, web);
});

/** Where an authorization request with these parameters takes the browser. */
async function destination(parameters: Record<string, string>): Promise<URL> {
  return new URL((await browser.get((await authorize(web, parameters)).address)).location);
}
const loginPage = `/${userPoolId}/login`;

describe('max_age', () => {
  it('lets a session sign in that is as old as that, and none that is older', async () => {
    pool.clock.advance(300_000);
    expect((await destination({ max_age: '300' })).searchParams.has('code')).toBe(true);
    pool.clock.advance(1);
    expect((await destination({ max_age: '300' })).pathname).toBe(loginPage);
    expect((await destination({ max_age: '301' })).searchParams.has('code')).toBe(true);
  });

  it('ends in tokens of the new sign-in, with its time', async () => {
    pool.clock.advance(301_000);
    const authorization = await authorize(web, { max_age: '300' });
    const tokens = await authorization.finish(await fillIn(browser, authorization.address));
    const { auth_time } = decodeJwt(required(tokens.id_token));
    expect(auth_time).toBe(Math.floor(pool.clock.now() / 1000));
    expect((await destination({ max_age: '300' })).searchParams.has('code')).toBe(true);
  });

  it('of 0 asks anew even in the moment of the sign-in', async () => {
    expect((await destination({ max_age: '0' })).pathname).toBe(loginPage);
  });

  it('with prompt=none goes back with login_required when the session is too old', async () => {
    pool.clock.advance(61_000);
    const answer = await destination({ max_age: '60', prompt: 'none' });
    expect(answer.searchParams.get('error')).toBe('login_required');
  });

  it.each(['', '-1', '1.5', 'soon', '1e3', '99999999999'])('is refused as %j', async (max_age) => {
    const answer = await destination({ max_age });
    expect(answer.searchParams.get('error')).toBe('invalid_request');
  });

  it('is ignored in a pool whose tokens do not tell how people signed in', async () => {
    const running = await startUserPoolApi();
    try {
      const silent = await createChallengePool(running);
      await running.createUser(silent.UserPoolId, 'jane', { email: 'jane@example.com' });
      const visitor = silent.browse();
      expect(isSignedIn(await silent.signIn(visitor, 'jane'))).toBe(true);
      running.clock.advance(60_000);
      const { location } = await visitor.get(silent.address('oauth2/authorize', { max_age: '1' }));
      expect(new URL(location).searchParams.has('code')).toBe(true);
    } finally {
      await running.close();
    }
  });
});
