import { constants, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
beforeAll(async () => {
  subject = await startVerifier();
});
afterAll(() => subject.pool.close());

const encode = (value: string | Uint8Array) => Buffer.from(value).toString('base64url');

/** The good token under another algorithm's header, signed by whoever is given. */
function underAlgorithm(alg: unknown, signer: (input: Buffer) => Uint8Array): string {
  const header = encode(JSON.stringify({ kid: subject.key.kid, alg, typ: 'JWT' }));
  const input = `${header}.${subject.accessToken().split('.')[1]}`;
  return `${input}.${encode(signer(Buffer.from(input)))}`;
}

it('TV-01 the token that the cases below change is accepted as it is', async () => {
  expect(await subject.judgeAccess(subject.accessToken())).toBe('valid');
  expect(await subject.judgeId(subject.idToken())).toBe('valid');
});

it.each(['none', 'None', 'NONE', 'nOnE', ''])(
  'TV-01 alg "%s" without a signature is refused',
  async (alg) => {
    expect(await subject.judgeAccess(underAlgorithm(alg, () => Buffer.alloc(0)))).toBe('invalid');
  },
);

it.each(['none', 'NONE'])('TV-01 alg "%s" with the good signature is refused', async (alg) => {
  const signature = Buffer.from(subject.accessToken().split('.')[2] ?? '', 'base64url');
  expect(await subject.judgeAccess(underAlgorithm(alg, () => signature))).toBe('invalid');
});

it.each([
  ['PEM of the public key', () => subject.key.publicKey.export({ format: 'pem', type: 'spki' })],
  ['PKCS #1 PEM of the public key', () => subject.key.publicKey.export({ format: 'pem', type: 'pkcs1' })],
  ['DER of the public key', () => subject.key.publicKey.export({ format: 'der', type: 'spki' })],
  ['modulus', () => String(subject.key.jwk.n)],
  ['modulus bytes', () => Buffer.from(String(subject.key.jwk.n), 'base64url')],
  ['published JWK', () => JSON.stringify(subject.key.jwk)],
])('TV-01 HS256 keyed with the %s is refused', async (_, secret) => {
  const token = underAlgorithm('HS256', (input) => createHmac('sha256', secret()).update(input).digest());
  expect(await subject.judgeAccess(token)).toBe('invalid');
});

it.each([
  ['RS384', 'sha384'],
  ['RS512', 'sha512'],
])("TV-01 %s by the pool's own key is refused", async (alg, hash) => {
  const token = underAlgorithm(alg, (input) => sign(hash, input, subject.key.privateKey));
  expect(await subject.judgeAccess(token)).toBe('invalid');
});

it("TV-01 PS256 by the pool's own key is refused", async () => {
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const token = underAlgorithm('PS256', (input) =>
    sign('sha256', input, { key: subject.key.privateKey, ...padding }),
  );
  expect(await subject.judgeAccess(token)).toBe('invalid');
});

it("TV-01 ES256 under the pool's key identifier is refused", async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const token = underAlgorithm('ES256', (input) =>
    sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  );
  expect(await subject.judgeAccess(token)).toBe('invalid');
});

it.each([['rs256'], ['RS256 '], [['RS256']], [undefined], [null], [256]])(
  'TV-01 alg %j over a good RS256 signature is refused',
  async (alg) => {
    const token = underAlgorithm(alg, (input) => sign('sha256', input, subject.key.privateKey));
    expect(await subject.judgeAccess(token)).toBe('invalid');
  },
);

it('TV-01 RS256 by a key that the pool does not publish is refused', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const token = underAlgorithm('RS256', (input) => sign('sha256', input, privateKey));
  expect(await subject.judgeAccess(token)).toBe('invalid');
});
