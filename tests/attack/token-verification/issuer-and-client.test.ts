import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientId } from '../../support/signed-tokens.ts';
import { startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
beforeAll(async () => {
  subject = await startVerifier();
});
afterAll(() => subject.pool.close());

const otherIssuers: [string, (issuer: string) => unknown][] = [
  ['of another pool', (issuer) => issuer.replace(/_\w+$/, '_Somewhere')],
  ['of another region', (issuer) => issuer.replace('us-east-1', 'eu-west-1')],
  ['with a slash at its end', (issuer) => `${issuer}/`],
  ['with another scheme', (issuer) => issuer.replace('http:', 'https:')],
  ['with an upper-case scheme', (issuer) => issuer.replace('http:', 'HTTP:')],
  ['in upper case', (issuer) => issuer.toUpperCase()],
  ['in lower case', (issuer) => issuer.toLowerCase()],
  ['with another name of its host', (issuer) => issuer.replace('127.0.0.1', 'localhost')],
  ['without its port', (issuer) => issuer.replace(/:\d+/, '')],
  ['that begins with the right one', (issuer) => `${issuer}.attacker.example`],
  ['that ends with the right one', (issuer) => `https://attacker.example/${issuer}`],
  ['with white space', (issuer) => `${issuer} `],
  ['with a query', (issuer) => `${issuer}?`],
  ['in an array', (issuer) => [issuer]],
];

it.each(otherIssuers)('TV-10 an issuer %s is refused', async (_, change) => {
  const iss = change(subject.pool.issuer);
  expect(iss).not.toBe(subject.pool.issuer);
  expect(await subject.judgeAccess(subject.accessToken({ claims: { iss } }))).toBe('invalid');
  expect(await subject.judgeId(subject.idToken({ claims: { iss } }))).toBe('invalid');
});

const otherClients: [unknown][] = [
  ['cabanaother0000000000000001'],
  [clientId.toUpperCase()],
  [`${clientId} `],
  [clientId.slice(0, -1)],
  [`${clientId}1`],
  [[clientId]],
  [[clientId, 'cabanaother0000000000000001']],
];

it.each(otherClients)('TV-10 an access token of client %j is refused', async (client) => {
  expect(await subject.judgeAccess(subject.accessToken({ claims: { client_id: client } }))).toBe('invalid');
});

it.each(otherClients)('TV-10 an ID token for audience %j is refused', async (audience) => {
  expect(await subject.judgeId(subject.idToken({ claims: { aud: audience } }))).toBe('invalid');
});

it('TV-10 an ID token whose authorized party is another client is refused', async () => {
  expect(await subject.judgeId(subject.idToken({ claims: { azp: 'cabanaother0000000000000001' } }))).toBe(
    'invalid',
  );
  expect(await subject.judgeId(subject.idToken({ claims: { azp: clientId } }))).toBe('valid');
});

it('TV-10 no client is allowed where none is named', async () => {
  const verdict = await subject.verifier.accessToken(subject.accessToken(), []);
  expect(verdict).toEqual({ kind: 'invalid', reason: 'client_id' });
});

it('TV-10 each of several allowed clients is accepted', async () => {
  const clients = ['cabanamobile00000000000001', clientId];
  expect((await subject.verifier.accessToken(subject.accessToken(), clients)).kind).toBe('valid');
});
