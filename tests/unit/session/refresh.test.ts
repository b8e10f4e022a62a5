import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Config } from '../../../lib/config.ts';
import type { SessionCookie } from '../../../lib/session/cookie-contents.ts';
import { refreshSession } from '../../../lib/session/refresh.ts';
import { configurationFor, environmentFor } from '../../support/configuration.ts';
import { sessionOf } from '../../support/session-contents.ts';
import { clientId, type Members, makeSigningKey, signPair } from '../../support/signed-tokens.ts';
import {
  sendJson,
  sendKeys,
  startUserPoolServer,
  type UserPoolServer,
} from '../../support/user-pool-server.ts';

const key = makeSigningKey('pool-key-1');
const start = Date.now();
const seconds = Math.floor(start / 1_000);

let pool: UserPoolServer;
let config: Config;
let session: SessionCookie;
let refreshToken: string;
let logged: Record<string, unknown>[];

beforeAll(async () => {
  pool = await startUserPoolServer();
  pool.answers.keys = sendKeys(key);
  for (const [name, value] of Object.entries(environmentFor(pool.issuer, clientId))) vi.stubEnv(name, value);
  config = configurationFor(pool.issuer, clientId);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await pool.close();
});
beforeEach(() => {
  // The module keeps its flights by refresh token, so each test brings its own.
  refreshToken = crypto.randomUUID();
  session = sessionOf('an.older.token', seconds - 3_000);
  pool.calls.token = 0;
  answerTokens();
  logged = [];
  const keep = (line: string) => void logged.push(JSON.parse(line));
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(console, 'error').mockImplementation(keep);
});
afterEach(() => vi.restoreAllMocks());

function answerTokens(claims: Members = {}, more: Members = {}): void {
  const { accessToken, idToken } = signPair(pool.issuer, seconds, key, claims);
  const body = { access_token: accessToken, id_token: idToken, token_type: 'Bearer', expires_in: 3_600 };
  pool.answers.token = sendJson({ ...body, ...more });
}

const refresh = (now = start) => refreshSession(config, session, refreshToken, now);

it('a refresh renews the tokens and keeps the identity of the session', async () => {
  const result = await refresh();
  expect(result).toMatchObject({
    kind: 'refreshed',
    session: {
      purpose: 'session',
      sessionId: session.sessionId,
      openedAt: session.openedAt,
      refreshedAt: seconds,
      refreshDueAt: seconds + 2_700,
      claimsExpireAt: seconds + 3_600,
      claims: { sub: session.claims.sub, 'custom:plan': 'pro' },
    },
  });
  expect(result.kind === 'refreshed' && result.session.accessToken).not.toBe(session.accessToken);
});

it('RR-02 fifty requests at once make one token call and get one result', async () => {
  const results = await Promise.all(Array.from({ length: 50 }, () => refresh()));
  expect(pool.calls.token).toBe(1);
  expect(new Set(results).size).toBe(1);
  expect(results[0]?.kind).toBe('refreshed');
});

it('RR-02 two sessions make two token calls', async () => {
  await Promise.all([refresh(), refreshSession(config, session, crypto.randomUUID(), start)]);
  expect(pool.calls.token).toBe(2);
});

it('RR-02 a request that left with the older cookie gets the newer tokens for sixty seconds', async () => {
  const first = await refresh();
  expect(await refresh(start + 59_999)).toBe(first);
  expect(pool.calls.token).toBe(1);
  await refresh(start + 60_000);
  expect(pool.calls.token).toBe(2);
});

it('a result is not given again once its own access token is due', async () => {
  answerTokens({ exp: seconds + 40 });
  const first = await refresh();
  expect(first).toMatchObject({ session: { refreshDueAt: seconds + 30 } });
  expect(await refresh((seconds + 29) * 1_000)).toBe(first);
  if (first.kind !== 'refreshed') throw new Error('the session was not refreshed');
  await refreshSession(config, first.session, refreshToken, (seconds + 30) * 1_000);
  expect(pool.calls.token).toBe(2);
});

it('without rotation, a session that is marked as due is refreshed anew, once, by whoever asks', async () => {
  const first = await refresh();
  if (first.kind !== 'refreshed') throw new Error('the session was not refreshed');
  const marked = { ...first.session, refreshDueAt: (start + 500) / 1_000 };
  const results = await Promise.all(
    Array.from({ length: 20 }, () => refreshSession(config, marked, refreshToken, start + 501)),
  );
  expect(pool.calls.token).toBe(2);
  expect(new Set(results).size).toBe(1);
  expect(results[0]).not.toBe(first);
});

it('RR-03 each refresh is a newer generation, also within a second and with a clock that went back', async () => {
  const first = await refresh();
  if (first.kind !== 'refreshed') throw new Error('the session was not refreshed');
  expect(first.session.generation).toBeGreaterThan(session.generation);
  const earlier = { ...first.session, generation: seconds + 500 };
  const second = await refreshSession(config, earlier, crypto.randomUUID(), start);
  expect(second).toMatchObject({ session: { generation: seconds + 501 } });
});

it('a result of unavailable is shared by those who wait for it and then forgotten', async () => {
  pool.answers.token = sendJson({ message: 'busy' }, 503);
  const results = await Promise.all(Array.from({ length: 20 }, () => refresh()));
  expect(pool.calls.token).toBe(1);
  expect(new Set(results.map((result) => result.kind))).toEqual(new Set(['unavailable']));
  answerTokens();
  expect((await refresh()).kind).toBe('refreshed');
  expect(pool.calls.token).toBe(2);
});

it('RR-02 a refusal is given again for sixty seconds: no request sends a dead token after another', async () => {
  pool.answers.token = sendJson({ error: 'invalid_grant' }, 400);
  const results = await Promise.all(Array.from({ length: 20 }, () => refresh()));
  expect(new Set(results.map((result) => result.kind))).toEqual(new Set(['refused']));
  expect((await refresh(start + 59_999)).kind).toBe('refused');
  expect(pool.calls.token).toBe(1);
  await refresh(start + 60_000);
  expect(pool.calls.token).toBe(2);
});

it('RR-05 a user pool that is busy ends no session', async () => {
  pool.answers.token = sendJson({ message: 'busy' }, 503);
  expect((await refresh()).kind).toBe('unavailable');
  expect(logged).toEqual([expect.objectContaining({ level: 'warn', event: 'refresh_unavailable' })]);
});

it('RR-06 invalid_grant ends the session', async () => {
  pool.answers.token = sendJson({ error: 'invalid_grant' }, 400);
  expect(await refresh()).toEqual({ kind: 'refused' });
  expect(logged).toEqual([expect.objectContaining({ level: 'info', event: 'session_ended' })]);
});

it.each(['invalid_client', 'unauthorized_client'])(
  'RR-06 %s ends the session and alarms the operator',
  async (error) => {
    pool.answers.token = sendJson({ error }, 400);
    expect(await refresh()).toEqual({ kind: 'ended' });
    expect(logged).toEqual([
      expect.objectContaining({ level: 'error', event: 'session_ended', reason: error }),
    ]);
  },
);

const strangers: [string, Members][] = [
  ['sub', { sub: '99999999-2222-4333-8444-555555555555' }],
  ['issuer', { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Somewhere' }],
  ['audience', { aud: 'cabanaother0000000000000001' }],
  ['client', { client_id: 'cabanaother0000000000000001' }],
];

it.each(strangers)('RR-09 tokens of another %s end the session', async (_, claims) => {
  answerTokens(claims);
  expect((await refresh()).kind).toBe('ended');
});

it.each(strangers)(
  'RR-09 tokens of another %s end the session in spite of a new refresh token',
  async (_, claims) => {
    answerTokens(claims, { refresh_token: 'refresh-2' });
    const result = await refresh();
    expect(result.kind).toBe('ended');
    expect(JSON.stringify(result)).not.toContain('refresh-2');
  },
);

it('RR-09 an ID token of another person than the access token ends the session', async () => {
  const stranger = signPair(pool.issuer, seconds, key, { sub: '99999999-2222-4333-8444-555555555555' });
  answerTokens({}, { id_token: stranger.idToken });
  expect((await refresh()).kind).toBe('ended');
});

it('RR-09 an access token that is not the one of the ID token ends the session', async () => {
  const other = signPair(pool.issuer, seconds, key, { jti: 'another' });
  answerTokens({}, { access_token: other.accessToken });
  expect((await refresh()).kind).toBe('ended');
});

it('RR-09 a new refresh token takes the place of the old one', async () => {
  answerTokens({}, { refresh_token: 'refresh-2' });
  expect(await refresh()).toMatchObject({ kind: 'refreshed', refreshToken: 'refresh-2' });
});

it('RR-09 without a new refresh token the old one stays', async () => {
  expect(await refresh()).toMatchObject({ kind: 'refreshed', refreshToken });
});

it('a refresh without an ID token ends the session, because its claims could not be renewed', async () => {
  answerTokens({}, { id_token: undefined });
  expect(await refresh()).toEqual({ kind: 'ended' });
  expect(logged).toEqual([expect.objectContaining({ reason: 'no ID token' })]);
});

it('no line of the log holds a token', async () => {
  pool.answers.token = sendJson({ error: 'invalid_request', error_description: refreshToken }, 400);
  await refresh();
  answerTokens({ sub: 'stranger' }, { refresh_token: 'refresh-2' });
  await refresh();
  expect(logged).toHaveLength(2);
  for (const token of ['refresh-2', refreshToken, 'eyJ']) expect(JSON.stringify(logged)).not.toContain(token);
});
