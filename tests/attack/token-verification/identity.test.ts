import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientId } from '../../support/signed-tokens.ts';
import { startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
beforeAll(async () => {
  subject = await startVerifier();
});
afterAll(() => subject.pool.close());

const unusable = [undefined, '', null, 7, true, ['x'], { id: 'x' }];
const wrong = (names: string[]) => names.flatMap((name) => unusable.map((value) => [name, value] as const));

it.each(wrong(['sub', 'username', 'client_id', 'iss']))(
  'TV-06 an access token with %s %j is refused',
  async (name, value) => {
    expect(await subject.judgeAccess(subject.accessToken({ claims: { [name]: value } }))).toBe('invalid');
  },
);

it.each(wrong(['sub', 'cognito:username', 'aud', 'iss']))(
  'TV-06 an ID token with %s %j is refused',
  async (name, value) => {
    expect(await subject.judgeId(subject.idToken({ claims: { [name]: value } }))).toBe('invalid');
  },
);

it("TV-06 a machine's access token, whose sub is its client, needs no user name", async () => {
  const claims = { sub: clientId, username: undefined, auth_time: undefined, 'cognito:groups': undefined };
  expect(await subject.judgeAccess(subject.accessToken({ claims }))).toBe('valid');
});

it.each([['admins'], ['["admins"]'], [{ 0: 'admins' }], [['admins', 7]], [['']], [[['admins']]], [null]])(
  'TV-06 groups that are %j rather than an array of names are refused',
  async (groups) => {
    const claims = { 'cognito:groups': groups };
    expect(await subject.judgeAccess(subject.accessToken({ claims }))).toBe('invalid');
    expect(await subject.judgeId(subject.idToken({ claims }))).toBe('invalid');
  },
);
