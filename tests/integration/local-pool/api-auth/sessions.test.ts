import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type AuthApi, idClaims, refusal, startAuthApi, type TestPool } from './auth-api.ts';

let auth: AuthApi;
let pool: TestPool;
let otherClient: TestPool;
const flows = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const, 'ALLOW_USER_SRP_AUTH' as const] };

beforeAll(async () => {
  auth = await startAuthApi();
  pool = await auth.createPool({}, flows);
  otherClient = await auth.createClient(pool.UserPoolId, { ...flows, AuthSessionValidity: 15 });
});
afterAll(() => auth.close());

let made = 0;
/** A challenge for someone new with a temporary password. */
async function challengeOf(client: TestPool): Promise<{ Username: string; challenge: Answer }> {
  made += 1;
  const Username = `user${made}`;
  await auth.api.adminCreateUser({
    UserPoolId: pool.UserPoolId,
    Username,
    TemporaryPassword: 'Temporary-1!',
    MessageAction: 'SUPPRESS',
  });
  return { Username, challenge: await auth.signIn(client, Username, 'Temporary-1!') };
}
const answer = (client: TestPool, challenge: Answer, USERNAME: string) =>
  auth.answer(client, challenge, { USERNAME, NEW_PASSWORD: 'Permanent-1!' });

const invalid = refusal('NotAuthorizedException', 'Invalid session for the user.');
const used = refusal(
  'NotAuthorizedException',
  'Invalid session for the user, session can only be used once.',
);
const expired = refusal('NotAuthorizedException', 'Invalid session for the user, session is expired.');

describe('a session', () => {
  it('is good for one right answer', async () => {
    const { Username, challenge } = await challengeOf(pool);
    expect(challenge.Session?.length).toBeGreaterThanOrEqual(20);
    expect(idClaims(await answer(pool, challenge, Username))).toBeTruthy();
    await expect(answer(pool, challenge, Username)).rejects.toMatchObject(used);
  });

  it('outlives an answer that is wrong in form', async () => {
    const { Username, challenge } = await challengeOf(pool);
    await expect(auth.answer(pool, challenge, { USERNAME: Username, NEW_PASSWORD: 'x' })).rejects.toThrow();
    await expect(auth.answer(pool, challenge, { NEW_PASSWORD: 'Permanent-1!' })).rejects.toMatchObject(
      refusal('InvalidParameterException', 'Missing required parameter USERNAME'),
    );
    expect(idClaims(await answer(pool, challenge, Username))).toBeTruthy();
  });

  it('lives for three minutes, or as long as the client says', async () => {
    const short = await challengeOf(pool);
    const long = await challengeOf(otherClient);
    auth.clock.advance(3 * 60_000);
    await expect(answer(pool, short.challenge, short.Username)).rejects.toMatchObject(expired);
    auth.clock.advance(12 * 60_000 - 1000);
    expect(idClaims(await answer(otherClient, long.challenge, long.Username))).toBeTruthy();
    const late = await challengeOf(otherClient);
    auth.clock.advance(15 * 60_000);
    await expect(answer(otherClient, late.challenge, late.Username)).rejects.toMatchObject(expired);
  });

  it('is good at the client that it was opened for', async () => {
    const { Username, challenge } = await challengeOf(pool);
    await expect(answer(otherClient, challenge, Username)).rejects.toMatchObject(invalid);
    expect(idClaims(await answer(pool, challenge, Username))).toBeTruthy();
  });

  it('is good for the user whom it was opened for', async () => {
    const ours = await challengeOf(pool);
    const theirs = await challengeOf(pool);
    await expect(answer(pool, ours.challenge, theirs.Username)).rejects.toMatchObject(invalid);
    await expect(answer(pool, ours.challenge, 'nobody')).rejects.toMatchObject(invalid);
  });

  it('is good for the challenge that it was opened for', async () => {
    const { Username, challenge } = await challengeOf(pool);
    for (const ChallengeName of ['SMS_MFA', 'MFA_SETUP', 'SELECT_MFA_TYPE', 'CUSTOM_CHALLENGE'] as const)
      await expect(
        auth.answer(
          pool,
          { ...challenge, ChallengeName },
          { USERNAME: Username, ANSWER: 'SMS_MFA', SMS_MFA_CODE: '1' },
        ),
      ).rejects.toMatchObject(invalid);
    await expect(auth.api.associateSoftwareToken({ Session: challenge.Session })).rejects.toMatchObject(
      invalid,
    );
  });

  it('is not invented', async () => {
    const { Username, challenge } = await challengeOf(pool);
    for (const Session of ['x'.repeat(40), `${challenge.Session?.slice(0, -4)}AAAA`, undefined])
      await expect(answer(pool, { ...challenge, Session }, Username)).rejects.toMatchObject(invalid);
    await expect(answer(pool, { ...challenge, Session: 'short' }, Username)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('goes to one of several answers at once', async () => {
    const { Username, challenge } = await challengeOf(pool);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => answer(pool, challenge, Username)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('goes with its user', async () => {
    const { Username, challenge } = await challengeOf(pool);
    await auth.api.adminDeleteUser({ UserPoolId: pool.UserPoolId, Username });
    await expect(answer(pool, challenge, Username)).rejects.toMatchObject(invalid);
  });

  it('of an administrator’s client is answered by an administrator too', async () => {
    const { Username, challenge } = await challengeOf(pool);
    const done = await auth.api.adminRespondToAuthChallenge({
      ...pool,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: challenge.Session,
      ChallengeResponses: { USERNAME: Username, NEW_PASSWORD: 'Permanent-1!' },
    });
    expect(idClaims(done)).toBeTruthy();
  });
});

describe('a secret block', () => {
  it('is good for one try, right or wrong', async () => {
    const { Username, challenge } = await challengeOf(pool);
    await answer(pool, challenge, Username);
    const { ChallengeParameters } = await auth.api.initiateAuth({
      AuthFlow: 'USER_SRP_AUTH',
      ClientId: pool.ClientId,
      AuthParameters: { USERNAME: Username, SRP_A: 'ab'.repeat(300) },
    });
    const prove = () =>
      auth.api.respondToAuthChallenge({
        ClientId: pool.ClientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: {
          USERNAME: Username,
          PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters?.SECRET_BLOCK ?? '',
          PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString('base64'),
          TIMESTAMP: 'Mon Nov 23 07:00:05 UTC 2026',
        },
      });
    await expect(prove()).rejects.toMatchObject(
      refusal('NotAuthorizedException', 'Incorrect username or password.'),
    );
    await expect(prove()).rejects.toMatchObject(used);
  });
});
