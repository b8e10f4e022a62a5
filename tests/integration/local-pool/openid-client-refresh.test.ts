import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostedPool, startHostedPool } from './hosted-ui/hosted-pool.ts';
import { type RelyingParty, relyingParty, required, signIn, type Tokens } from './relying-party.ts';

let pool: HostedPool;
let web: RelyingParty;
let mobile: RelyingParty;

beforeAll(async () => {
  pool = await startHostedPool();
  web = await relyingParty(pool.url, 'web');
  mobile = await relyingParty(pool.url, 'mobile');
});
afterAll(() => pool.close());

const minute = 60_000;
const day = 24 * 60 * minute;
const refused = { status: 400, error: 'invalid_grant' };

const refresh = ({ config }: RelyingParty, token: string | undefined): Promise<Tokens> =>
  client.refreshTokenGrant(config, required(token));

/** What a refresh keeps and what it makes anew. */
function expectRefreshed(before: Tokens, after: Tokens, secondsLater: number): void {
  for (const kind of ['id_token', 'access_token'] as const) {
    const [old, fresh] = [decodeJwt(required(before[kind])), decodeJwt(required(after[kind]))];
    const kept = ['sub', 'auth_time', 'origin_jti', 'event_id', 'scope', 'aud', 'client_id'];
    for (const name of kept) expect(fresh[name]).toEqual(old[name]);
    expect(fresh.jti).not.toBe(old.jti);
    expect(Number(fresh.iat) - Number(old.iat)).toBe(secondsLater);
    expect(Number(fresh.exp) - Number(fresh.iat)).toBe(3600);
    expect(fresh).not.toHaveProperty('nonce');
  }
}

describe('refresh with rotation', () => {
  it('gives a new refresh token, keeps the sign-in and renews the rest', async () => {
    const first = await signIn(pool.browse(), web);
    pool.clock.advance(30 * minute);
    const second = await refresh(web, first.refresh_token);
    expect(second.refresh_token?.split('.')).toHaveLength(5);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expectRefreshed(first, second, 1800);
  });

  it('redeems the old token again within the grace of a minute, and refuses it after', async () => {
    const first = await signIn(pool.browse(), web);
    await refresh(web, first.refresh_token);
    pool.clock.advance(minute - 1);
    const again = await refresh(web, first.refresh_token);
    expect(again.refresh_token).not.toBe(first.refresh_token);
    pool.clock.advance(1);
    await expect(refresh(web, first.refresh_token)).rejects.toMatchObject(refused);
  });

  it('carries the end of the sign-in over: thirty days, however often it was refreshed', async () => {
    const first = await signIn(pool.browse(), web);
    pool.clock.advance(29 * day);
    const second = await refresh(web, first.refresh_token);
    pool.clock.advance(day - 1);
    const third = await refresh(web, second.refresh_token);
    pool.clock.advance(1);
    await expect(refresh(web, third.refresh_token)).rejects.toMatchObject(refused);
  });
});

describe('refresh without rotation', () => {
  it('gives no refresh token, and the old one stays good until it expires', async () => {
    const first = await signIn(pool.browse(), mobile);
    pool.clock.advance(5 * minute);
    const second = await refresh(mobile, first.refresh_token);
    expect(second).not.toHaveProperty('refresh_token');
    expectRefreshed(first, second, 300);
    pool.clock.advance(30 * day - 5 * minute - 1);
    expect(await refresh(mobile, first.refresh_token)).toHaveProperty('id_token');
    pool.clock.advance(1);
    await expect(refresh(mobile, first.refresh_token)).rejects.toMatchObject(refused);
  });

  it('is refused to another client, which costs the owner nothing', async () => {
    const first = await signIn(pool.browse(), mobile);
    await expect(refresh(web, first.refresh_token)).rejects.toMatchObject(refused);
    expect(await refresh(mobile, first.refresh_token)).toHaveProperty('id_token');
  });

  it('gives no ID token to a sign-in without openid', async () => {
    const first = await signIn(pool.browse(), mobile, { scope: 'notes/read' });
    const second = await refresh(mobile, first.refresh_token);
    expect(Object.keys(second).sort()).toEqual(['access_token', 'expires_in', 'token_type']);
    expect(decodeJwt(second.access_token).scope).toBe('notes/read');
  });
});
