import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { clientId, makeSigningKey } from '../../support/signed-tokens.ts';
import { startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
beforeAll(async () => {
  subject = await startVerifier();
});
afterAll(() => subject.pool.close());
afterEach(() => vi.restoreAllMocks());

it.each([
  ['signature', () => subject.accessToken({}, makeSigningKey(subject.key.kid))],
  ['issuer', () => subject.accessToken({ claims: { iss: 'https://secret-issuer.example' } })],
  ['claims', () => subject.accessToken({ claims: { sub: '' } })],
  ['client_id', () => subject.accessToken({ claims: { client_id: 'secret-client' } })],
  ['clock skew', () => subject.accessToken({ claims: { iat: 4_000_000_000 } })],
  ['clock skew', () => subject.accessToken({ claims: { auth_time: 4_000_000_000 } })],
  ['not yet valid', () => subject.accessToken({ claims: { nbf: 4_000_000_000 } })],
  ['not a canonical JWS', () => `${subject.accessToken()}==`],
])('a refusal names the failed check: %s', async (reason, token) => {
  expect(await subject.verifier.accessToken(token(), [clientId])).toEqual({ kind: 'invalid', reason });
});

it('an unknown key is refused as such once the key set has just been fetched', async () => {
  const fresh = await startVerifier();
  const stranger = makeSigningKey('stranger');
  const verdict = await fresh.verifier.accessToken(fresh.accessToken({}, stranger), [clientId]);
  expect(verdict).toEqual({ kind: 'invalid', reason: 'unknown key' });
  await fresh.pool.close();
});

it('TV-16 the log says which check of which key’s token failed, and holds no part of the token', async () => {
  const lines: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
  const token = subject.accessToken({ claims: { iss: 'https://secret-issuer.example' } });
  await subject.verifier.accessToken(token, [clientId]);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    event: 'token_rejected',
    use: 'access',
    reason: 'issuer',
    kid: 'pool-key-1',
  });
  expect(lines[0]).not.toContain('secret-issuer');
  for (const part of token.split('.')) expect(lines[0]).not.toContain(part);
});

it('a valid verdict carries the claims of the token', async () => {
  const verdict = await subject.verifier.idToken(subject.idToken(), [clientId]);
  expect(verdict).toMatchObject({
    kind: 'valid',
    claims: { email: 'ada@example.com', 'custom:plan': 'pro' },
  });
});

it('one fetch of the key set serves every token', async () => {
  const fresh = await startVerifier();
  const tokens = Array.from({ length: 20 }, () => fresh.accessToken());
  expect(new Set(await Promise.all(tokens.map(fresh.judgeAccess)))).toEqual(new Set(['valid']));
  expect(await fresh.judgeId(fresh.idToken())).toBe('valid');
  expect(fresh.pool.calls.keys).toBe(1);
  await fresh.pool.close();
});

it('nothing is said about a token while the key set cannot be had', async () => {
  const fresh = await startVerifier();
  await fresh.pool.close();
  expect(await fresh.judgeAccess(fresh.accessToken())).toBe('unavailable');
  expect(await fresh.verifier.ready()).toBe(false);
});

it('the verifier is ready when the key set can be had', async () => {
  expect(await subject.verifier.ready()).toBe(true);
});
