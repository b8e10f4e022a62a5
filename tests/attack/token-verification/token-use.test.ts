import { randomBytes } from 'node:crypto';
import { EncryptJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientId } from '../../support/signed-tokens.ts';
import { startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
beforeAll(async () => {
  subject = await startVerifier();
});
afterAll(() => subject.pool.close());

it('TV-09 an ID token is refused where an access token is asked for', async () => {
  expect(await subject.judgeAccess(subject.idToken())).toBe('invalid');
});

it('TV-09 an access token is refused where an ID token is asked for', async () => {
  expect(await subject.judgeId(subject.accessToken())).toBe('invalid');
});

it("TV-09 an ID token that carries an access token's other claims is still refused", async () => {
  const claims = { client_id: clientId, username: 'ada', scope: 'openid' };
  expect(await subject.judgeAccess(subject.idToken({ claims }))).toBe('invalid');
});

it("TV-09 an access token that carries an ID token's other claims is still refused", async () => {
  const claims = { aud: clientId, 'cognito:username': 'ada' };
  expect(await subject.judgeId(subject.accessToken({ claims }))).toBe('invalid');
});

it.each([[undefined], [''], ['Access'], ['ACCESS'], ['access '], ['refresh'], ['id'], [['access']], [null]])(
  'TV-09 token_use %j is refused where an access token is asked for',
  async (use) => {
    expect(await subject.judgeAccess(subject.accessToken({ claims: { token_use: use } }))).toBe('invalid');
  },
);

it.each([[undefined], ['ID'], ['access'], ['refresh'], [['id']], [null]])(
  'TV-09 token_use %j is refused where an ID token is asked for',
  async (use) => {
    expect(await subject.judgeId(subject.idToken({ claims: { token_use: use } }))).toBe('invalid');
  },
);

it("TV-09 a refresh token in Cognito's form is refused as either", async () => {
  const refreshToken = await new EncryptJWT({ sub: 'ada' })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })
    .encrypt(randomBytes(32));
  expect(await subject.judgeAccess(refreshToken)).toBe('invalid');
  expect(await subject.judgeId(refreshToken)).toBe('invalid');
});

it('TV-09 an opaque refresh token is refused as either', async () => {
  const refreshToken = randomBytes(64).toString('base64url');
  expect(await subject.judgeAccess(refreshToken)).toBe('invalid');
  expect(await subject.judgeId(refreshToken)).toBe('invalid');
});
