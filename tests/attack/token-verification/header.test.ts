import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Members, makeSigningKey, type SigningKey } from '../../support/signed-tokens.ts';
import { startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
let attackersKey: SigningKey;
let attackersServer: Server;
let attackersOrigin: string;
const visits: string[] = [];

beforeAll(async () => {
  subject = await startVerifier();
  attackersKey = makeSigningKey(subject.key.kid);
  attackersServer = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [attackersKey.jwk] }));
  });
  await new Promise<void>((resolve) => attackersServer.listen(0, '127.0.0.1', resolve));
  attackersOrigin = `http://127.0.0.1:${(attackersServer.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await subject.pool.close();
  await new Promise((resolve) => attackersServer.close(resolve));
});

const attackersHeaders: [string, () => Members][] = [
  ['jku', () => ({ jku: `${attackersOrigin}/jwks.json` })],
  ['x5u', () => ({ x5u: `${attackersOrigin}/chain.pem` })],
  ['jwk', () => ({ jwk: attackersKey.jwk })],
  [
    'x5c',
    () => ({ x5c: [attackersKey.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')] }),
  ],
  ['kid that is an address', () => ({ kid: `${attackersOrigin}/jwks.json` })],
];

it.each(attackersHeaders)(
  'TV-02 a token that brings its own key by %s is refused without a call to its server',
  async (_, header) => {
    const token = subject.accessToken({ header: header() }, attackersKey);
    expect(['invalid', 'unavailable']).toContain(await subject.judgeAccess(token));
    expect(visits).toEqual([]);
  },
);

it.each(attackersHeaders.slice(0, 4))(
  "TV-02 %s in a token of the pool's own is ignored",
  async (_, header) => {
    expect(await subject.judgeAccess(subject.accessToken({ header: header() }))).toBe('valid');
    expect(visits).toEqual([]);
  },
);

it.each([[['exp']], [['b64']], [['urn:example:unknown']], [[]], ['exp'], [null]])(
  "TV-03 crit %j in a token of the pool's own is refused",
  async (crit) => {
    const header = { crit, exp: 1, b64: true, 'urn:example:unknown': 1 };
    expect(await subject.judgeAccess(subject.accessToken({ header }))).toBe('invalid');
    expect(await subject.judgeId(subject.idToken({ header }))).toBe('invalid');
  },
);
