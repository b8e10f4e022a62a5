import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type CognitoFetchOptions,
  createCognitoFetch,
  type Tokens,
} from '../../../lib/client/cognito-fetch.ts';
import { people } from '../../support/local-pool.ts';
import { ok, type ScriptedApi, startScriptedApi } from './scripted-api.ts';
import { mobile, startWatchedPool, type WatchedPool, web } from './watched-pool.ts';

/** Seconds. */
const LIFETIME = 3_600;
const GRACE = 60;

const signInCalls = ['InitiateAuth', 'RespondToAuthChallenge'];
const refreshCall = 'GetTokensFromRefreshToken';

let pool: WatchedPool;
let api: ScriptedApi;

beforeAll(async () => {
  [pool, api] = await Promise.all([startWatchedPool(), startScriptedApi()]);
});
afterAll(async () => {
  await Promise.all([pool.close(), api.close()]);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  pool.calls.length = 0;
  pool.breaks = false;
  api.received.length = 0;
  api.answer = ok;
});
afterEach(() => void vi.useRealTimers());

/** Moves the clock of the client and of the local pool alike. */
const pass = (seconds: number): void => void vi.setSystemTime(Date.now() + seconds * 1_000);

const open = (options: Partial<CognitoFetchOptions> = {}) =>
  createCognitoFetch({
    ...mobile,
    endpoint: pool.endpoint,
    baseUrl: api.url,
    signIn: people.grace,
    allowInsecureRequests: true,
    ...options,
  });

const clients = [
  ['that rotates refresh tokens', web],
  ['that does not rotate them', mobile],
] as const;

describe.each(clients)('an app client %s', (_, client) => {
  it('is refreshed after 75 % of the token’s life, once for a hundred callers', async () => {
    const fetch = open(client);
    await fetch('/');
    pass(LIFETIME * 0.75 - 5);
    await fetch('/');
    expect(pool.calls).toEqual(signInCalls);
    pass(6);
    await Promise.all(Array.from({ length: 100 }, () => fetch('/')));
    expect(pool.calls).toEqual([...signInCalls, refreshCall]);
    const tokens = api.received.map(({ headers }) => headers.authorization);
    expect(new Set(tokens.slice(0, 2)).size).toBe(1);
    expect(new Set(tokens.slice(2)).size).toBe(1);
    expect(tokens[0]).not.toBe(tokens[2]);
  });

  it('is refreshed again and again with the newest refresh token, which its owner is told of', async () => {
    const told: Tokens[] = [];
    const fetch = open({ ...client, onTokens: async (tokens) => void told.push(tokens) });
    for (let time = 0; time < 4; time += 1) {
      await fetch('/');
      // Beyond the grace period, in which an older one would do as well.
      pass(LIFETIME * 0.8 + GRACE);
    }
    expect(pool.calls).toEqual([...signInCalls, refreshCall, refreshCall, refreshCall]);
    expect(told).toHaveLength(4);
    const refreshToken = told.at(-1)?.refreshToken ?? '';
    expect(new Set(told.map((tokens) => tokens.refreshToken)).size).toBe(client === web ? 4 : 1);

    const next = open({ ...client, signIn: { refreshToken } });
    expect((await next('/')).status).toBe(200);
    expect(pool.calls.at(-1)).toBe(refreshCall);
  });
});

describe('a refresh that fails', () => {
  it('leaves the token in use while it is good, and is tried again ten seconds later', async () => {
    const fetch = open(web);
    await fetch('/');
    pass(LIFETIME * 0.8);
    pool.breaks = true;
    pool.calls.length = 0;
    for (let time = 0; time < 3; time += 1) expect((await fetch('/')).status).toBe(200);
    expect(pool.calls).toEqual([refreshCall]);
    pool.breaks = false;
    pass(11);
    // The answer that was lost had spent the refresh token; the grace period is for this.
    expect((await fetch('/')).status).toBe(200);
    expect(pool.calls).toEqual([refreshCall, refreshCall]);
    const tokens = api.received.map(({ headers }) => headers.authorization);
    expect(tokens.at(-1)).not.toBe(tokens.at(-2));
  });

  it('is an error once the token has expired', async () => {
    const fetch = open();
    await fetch('/');
    pass(LIFETIME + 1);
    pool.breaks = true;
    await expect(fetch('/')).rejects.toMatchObject({ code: 'user_pool_unavailable' });
    pool.breaks = false;
    expect((await fetch('/')).status).toBe(200);
  });

  it('because the refresh token was revoked leads to a new sign-in where there is a password', async () => {
    const told: Tokens[] = [];
    const fetch = open({ onTokens: (tokens) => void told.push(tokens) });
    await fetch('/');
    await pool.api.revokeToken({ ClientId: mobile.clientId, Token: told[0]?.refreshToken });
    pass(LIFETIME * 0.8);
    expect((await fetch('/')).status).toBe(200);
    expect(pool.calls).toEqual([...signInCalls, refreshCall, ...signInCalls]);
  });

  it('because the refresh token was revoked is final where there is none', async () => {
    const told: Tokens[] = [];
    await open({ onTokens: (tokens) => void told.push(tokens) })('/');
    const refreshToken = told[0]?.refreshToken ?? '';
    await pool.api.revokeToken({ ClientId: mobile.clientId, Token: refreshToken });
    pool.calls.length = 0;
    const fetch = open({ signIn: { refreshToken } });
    for (let time = 0; time < 3; time += 1)
      await expect(fetch('/')).rejects.toMatchObject({
        code: 'refresh_refused',
        reason: 'NotAuthorizedException',
      });
    expect(pool.calls).toEqual([refreshCall]);
  });

  it('says so when its owner could not keep the refresh token, and loses nothing', async () => {
    const full = new Error('the disk is full');
    let fails = false;
    const fetch = open({
      ...web,
      onTokens: () => {
        if (fails) throw full;
      },
    });
    await fetch('/');
    pass(LIFETIME * 0.8);
    fails = true;
    await expect(fetch('/')).rejects.toBe(full);
    fails = false;
    expect((await fetch('/')).status).toBe(200);
    pass(LIFETIME * 0.8 + GRACE);
    expect((await fetch('/')).status).toBe(200);
    expect(pool.calls).toEqual([...signInCalls, refreshCall, refreshCall]);
  });
});

describe('signOut', () => {
  it('revokes the refresh token, and nothing is sent after it', async () => {
    const told: Tokens[] = [];
    const fetch = open({ ...web, onTokens: (tokens) => void told.push(tokens) });
    await fetch('/');
    const refreshToken = told[0]?.refreshToken ?? '';
    await fetch.signOut();
    expect(pool.calls.at(-1)).toBe('RevokeToken');
    await expect(fetch('/')).rejects.toMatchObject({ code: 'signed_out' });
    await expect(fetch.token()).rejects.toMatchObject({ code: 'signed_out' });
    expect(api.received).toHaveLength(1);
    await expect(open({ ...web, signIn: { refreshToken } })('/')).rejects.toMatchObject({
      code: 'refresh_refused',
    });
  });
});
