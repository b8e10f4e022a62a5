import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Config } from '../../../lib/config.ts';
import { sessionContents, verifyTokens } from '../../../lib/session/tokens.ts';
import { configurationFor } from '../../support/configuration.ts';
import { clientId, type Members, makeSigningKey, signPair } from '../../support/signed-tokens.ts';
import { now, startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
let config: Config;
beforeAll(async () => {
  subject = await startVerifier();
  config = configurationFor(subject.pool.issuer, clientId);
});
afterAll(() => subject.pool.close());

const pair = (claims?: Members) => signPair(subject.pool.issuer, now, subject.key, claims);
const verify = (tokens: { accessToken: string; idToken: string }) =>
  verifyTokens(config, tokens, subject.verifier);
const rejection = (detail: string) => ({ name: 'AppError', code: 'tokens_rejected', detail });

it('two tokens of one sign-in are accepted together', async () => {
  expect(await verify(pair())).toMatchObject({ access: { client_id: clientId }, id: { aud: clientId } });
});

it('an ID token without at_hash is accepted, since Cognito leaves it out at a refresh', async () => {
  await expect(
    verify({ accessToken: pair().accessToken, idToken: subject.idToken() }),
  ).resolves.toBeDefined();
});

it('OF-08 an ID token whose at_hash is of another access token is refused', async () => {
  const tokens = { accessToken: pair({ jti: 'another' }).accessToken, idToken: pair().idToken };
  await expect(verify(tokens)).rejects.toMatchObject(rejection('at_hash'));
});

it.each(['', 'c29tZSBoYXNo', null, 7])('OF-08 an at_hash of %j is refused', async (hash) => {
  const idToken = subject.idToken({ claims: { at_hash: hash } });
  await expect(verify({ accessToken: pair().accessToken, idToken })).rejects.toMatchObject({
    code: 'tokens_rejected',
  });
});

it('tokens of two people are refused', async () => {
  const tokens = { accessToken: pair().accessToken, idToken: pair({ sub: 'stranger' }).idToken };
  await expect(verify(tokens)).rejects.toMatchObject(rejection('sub differs'));
});

it('an access token of another client is refused, whatever the ID token says', async () => {
  const accessToken = subject.accessToken({ claims: { client_id: 'stranger' } });
  await expect(verify({ accessToken, idToken: subject.idToken() })).rejects.toMatchObject(
    rejection('access token: client_id'),
  );
});

it('an expired token is refused', async () => {
  await expect(verify(pair({ exp: now - 61 }))).rejects.toMatchObject(rejection('access token: clock skew'));
});

it('nothing is refused while the signing keys cannot be had', async () => {
  const fresh = await startVerifier();
  await fresh.pool.close();
  const tokens = signPair(fresh.pool.issuer, now, fresh.key);
  await expect(verifyTokens(config, tokens, fresh.verifier)).rejects.toMatchObject({
    code: 'user_pool_unavailable',
  });
});

it('no error holds a token or a claim', async () => {
  const tokens = { accessToken: pair().accessToken, idToken: pair({ sub: 'stranger' }).idToken };
  const error = await verify(tokens).catch((reason: unknown) => reason);
  expect(String(error)).not.toMatch(/eyJ|stranger/);
});

it('a session is due for a refresh after three quarters of the access token', async () => {
  const identity = {
    sessionId: '7a1f4c0e-3d0c-4a51-9c7e-0b2f5f1f9d11',
    openedAt: now - 5_000,
    generation: now,
  };
  const tokens = await verify(pair({ exp: now + 300 }));
  expect(sessionContents(tokens, identity, now + 2)).toEqual({
    purpose: 'session',
    ...identity,
    accessToken: tokens.accessToken,
    claims: expect.objectContaining({ email: 'ada@example.com', 'custom:plan': 'pro' }),
    refreshedAt: now + 2,
    seenAt: now + 2,
    claimsExpireAt: now + 300,
    refreshDueAt: now + 2 + 225,
  });
});

it('the session does not keep the ID token', async () => {
  const { accessToken, idToken } = pair();
  const contents = sessionContents(
    await verify({ accessToken, idToken }),
    { sessionId: 'x'.repeat(16), openedAt: now, generation: now },
    now,
  );
  expect(JSON.stringify(contents)).not.toContain(idToken.split('.')[1]);
});

it('an access token that the user pool has not signed is refused', async () => {
  const accessToken = subject.accessToken({}, makeSigningKey(subject.key.kid));
  await expect(verify({ accessToken, idToken: subject.idToken() })).rejects.toMatchObject(
    rejection('access token: signature'),
  );
});
