import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLOCK_TOLERANCE } from '../../../lib/cognito/token-verifier.ts';
import { signTexts } from '../../support/signed-tokens.ts';
import { now, startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
beforeAll(async () => {
  subject = await startVerifier();
});
afterAll(() => subject.pool.close());

it.each([
  ['access token', 'exp'],
  ['access token', 'iat'],
  ['ID token', 'exp'],
  ['ID token', 'iat'],
  ['ID token', 'auth_time'],
])('TV-04 an %s without %s is refused', async (use, name) => {
  const changes = { claims: { [name]: undefined } };
  const verdict =
    use === 'ID token'
      ? subject.judgeId(subject.idToken(changes))
      : subject.judgeAccess(subject.accessToken(changes));
  expect(await verdict).toBe('invalid');
});

it.each(['iat', 'auth_time', 'nbf'])(
  'TV-05 %s further ahead than the clocks may differ is refused',
  async (name) => {
    const at = (offset: number) => ({ claims: { [name]: now + offset } });
    expect(await subject.judgeAccess(subject.accessToken(at(CLOCK_TOLERANCE + 1)))).toBe('invalid');
    expect(await subject.judgeId(subject.idToken(at(CLOCK_TOLERANCE + 1)))).toBe('invalid');
    expect(await subject.judgeAccess(subject.accessToken(at(86_400 * 365)))).toBe('invalid');
  },
);

it.each(['iat', 'auth_time', 'nbf'])(
  'TV-05 %s ahead by no more than the clocks may differ is accepted',
  async (name) => {
    const claims = { [name]: now + CLOCK_TOLERANCE };
    expect(await subject.judgeAccess(subject.accessToken({ claims }))).toBe('valid');
    expect(await subject.judgeId(subject.idToken({ claims }))).toBe('valid');
  },
);

it('TV-05 the clocks may differ by 60 seconds', () => {
  expect(CLOCK_TOLERANCE).toBe(60);
});

it.each([
  [-59, 'valid'],
  [-59.5, 'valid'],
  [-60, 'expired'],
  [-61, 'expired'],
  [-60.5, 'expired'],
  [-86_400, 'expired'],
])('TV-05 exp %d seconds from now is judged %s', async (offset, verdict) => {
  const claims = { exp: now + offset };
  expect(await subject.judgeAccess(subject.accessToken({ claims }))).toBe(verdict);
  expect(await subject.judgeId(subject.idToken({ claims }))).toBe(verdict);
});

it.each([
  ['a numeral in a string', `"${now + 3_600}"`],
  ['a date in a string', '"2099-01-01T00:00:00Z"'],
  ['beyond any date', '1e308'],
  ['infinite', '1e999'],
  ['negative infinite', '-1e999'],
  ['negative', String(-now)],
  ['zero', '0'],
  ['in milliseconds far ahead', String(Number.MAX_SAFE_INTEGER)],
  ['null', 'null'],
  ['true', 'true'],
  ['an array', `[${now + 3_600}]`],
  ['an object', '{}'],
])('TV-05 an exp that is %s is refused', async (_, json) => {
  for (const [token, judge] of [
    [subject.accessToken(), subject.judgeAccess],
    [subject.idToken(), subject.judgeId],
  ] as const) {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const changed = payload.replace(/"exp":\d+/, `"exp":${json}`);
    expect(changed).not.toBe(payload);
    expect(await judge(signTexts(`{"kid":"${subject.key.kid}","alg":"RS256"}`, changed, subject.key))).toBe(
      'invalid',
    );
  }
});

it.each(['iat', 'auth_time', 'nbf'])('TV-05 a %s that is no number is refused', async (name) => {
  for (const value of [String(now), null, true, -1]) {
    expect(await subject.judgeAccess(subject.accessToken({ claims: { [name]: value } }))).toBe('invalid');
  }
});
