import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeSigningKey, type SigningKey } from '../../support/signed-tokens.ts';
import { sendKeys } from '../../support/user-pool-server.ts';
import { startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
beforeEach(async () => {
  subject = await startVerifier();
});
afterEach(() => subject.pool.close());

const withModulus = (key: SigningKey, change: (n: Buffer) => Buffer): SigningKey => {
  const n = change(Buffer.from(String(key.jwk.n), 'base64url')).toString('base64url');
  return { ...key, jwk: { ...key.jwk, n } };
};

it.each([512, 1_024, 2_040])(
  'TV-07 a token signed by a published key of %d bits is refused',
  async (bits) => {
    const small = makeSigningKey('small-key', bits);
    subject.pool.answers.keys = sendKeys(subject.key, small);
    expect(await subject.judgeAccess(subject.accessToken({}, small))).not.toBe('valid');
    expect(await subject.judgeAccess(subject.accessToken())).toBe('valid');
  },
);

it('TV-07 leading zeros do not make a key of 1,024 bits larger', async () => {
  const padded = withModulus(makeSigningKey('padded-key', 1_024), (n) =>
    Buffer.concat([Buffer.alloc(128), n]),
  );
  subject.pool.answers.keys = sendKeys(subject.key, padded);
  expect(await subject.judgeAccess(subject.accessToken({}, padded))).not.toBe('valid');
});

it('TV-07 a set that holds nothing but a small key makes no token valid and signs nobody out', async () => {
  const small = makeSigningKey('small-key', 1_024);
  subject.pool.answers.keys = sendKeys(small);
  expect(await subject.judgeAccess(subject.accessToken({}, small))).toBe('unavailable');
});

it.each([2_048, 3_072])('TV-07 a published key of %d bits is accepted', async (bits) => {
  const large = makeSigningKey('large-key', bits);
  subject.pool.answers.keys = sendKeys(large);
  expect(await subject.judgeAccess(subject.accessToken({}, large))).toBe('valid');
});
