import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attributeList,
  password,
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from '../../integration/local-pool/api-users/user-pool-api.ts';

let pool: UserPoolApi;
let people: TestPool;

beforeAll(async () => {
  pool = await startUserPoolApi();
  people = await pool.createPool({ AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] });
});
afterAll(() => pool.close());

const mismatch = { name: 'CodeMismatchException' };
const expired = { name: 'ExpiredCodeException' };
const exceeded = {
  name: 'LimitExceededException',
  message: 'Attempt limit exceeded, please try after some time.',
};

async function signUp(Username: string): Promise<string> {
  await pool.api.signUp({
    ClientId: people.ClientId,
    Username,
    Password: password,
    UserAttributes: attributeList({ email: `${Username}@example.com` }),
  });
  return pool.newestCode(people.UserPoolId, Username, 'signUp');
}
const confirm = (Username: string, ConfirmationCode: string) =>
  pool.api.confirmSignUp({ ClientId: people.ClientId, Username, ConfirmationCode });
const forgot = (Username: string) => pool.api.forgotPassword({ ClientId: people.ClientId, Username });
const reset = (Username: string, ConfirmationCode: string) =>
  pool.api.confirmForgotPassword({
    ClientId: people.ClientId,
    Username,
    ConfirmationCode,
    Password: 'Another-demo-2',
  });
const createVerified = (name: string) =>
  pool.createUser(people.UserPoolId, name, { email: `${name}@example.com`, email_verified: 'true' });
/** A code that is not the one given. */
const other = (code: string, step = 1) => String((Number(code) + step) % 1_000_000).padStart(6, '0');

describe('LP-09 codes', () => {
  it('LP-09 another user’s code is none of mine', async () => {
    const mine = await signUp('ada');
    const theirs = await signUp('mallory');
    if (mine !== theirs) await expect(confirm('ada', theirs)).rejects.toMatchObject(mismatch);
    await confirm('ada', mine);
  });

  it('LP-09 a code of one purpose serves no other', async () => {
    const { ClientId, UserPoolId } = people;
    const code = await signUp('grace');
    await pool.api.adminUpdateUserAttributes({
      UserPoolId,
      Username: 'grace',
      UserAttributes: attributeList({ email_verified: 'true' }),
    });
    await expect(reset('grace', code)).rejects.toMatchObject(expired);
    await forgot('grace');
    const resetCode = await pool.newestCode(UserPoolId, 'grace', 'forgot');
    if (resetCode !== code) await expect(confirm('grace', resetCode)).rejects.toMatchObject(mismatch);
    await expect(
      pool.api.confirmSignUp({ ClientId, Username: 'grace', ConfirmationCode: code }),
    ).resolves.toBeTypeOf('object');
  });

  it('LP-09 a code is good once, also for two at the same moment', async () => {
    await createVerified('mary');
    await forgot('mary');
    const code = await pool.newestCode(people.UserPoolId, 'mary', 'forgot');
    const outcomes = await Promise.allSettled([
      reset('mary', code),
      reset('mary', code),
      reset('mary', code),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(reset('mary', code)).rejects.toMatchObject(expired);
  });

  it('LP-09 only the newest code is good', async () => {
    await createVerified('newest');
    await forgot('newest');
    const older = await pool.newestCode(people.UserPoolId, 'newest', 'forgot');
    await forgot('newest');
    const newer = await pool.newestCode(people.UserPoolId, 'newest', 'forgot');
    if (older !== newer) await expect(reset('newest', older)).rejects.toMatchObject(mismatch);
    await reset('newest', newer);
  });

  it('LP-09 guessing a confirmation ends after fifteen tries, whichever of the names is used', async () => {
    const code = await signUp('hedy');
    for (let step = 1; step <= 15; step += 1)
      await expect(confirm('hedy', other(code, step))).rejects.toMatchObject(mismatch);
    await expect(confirm('hedy', code)).rejects.toMatchObject(exceeded);
    const { UserAttributes } = await pool.api.adminGetUser({
      UserPoolId: people.UserPoolId,
      Username: 'hedy',
    });
    const sub = UserAttributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
    await expect(confirm(sub, code)).rejects.toMatchObject(exceeded);
    pool.clock.advance(60 * 60_000);
    await confirm('hedy', code);
  });

  it('LP-09 guessing a reset code ends after ten tries, and asking for codes counts', async () => {
    await createVerified('lise');
    await forgot('lise');
    const code = await pool.newestCode(people.UserPoolId, 'lise', 'forgot');
    for (let step = 1; step <= 9; step += 1)
      await expect(reset(step % 2 ? 'lise' : 'lise@example.com', other(code, step))).rejects.toMatchObject(
        mismatch,
      );
    for (const attempt of [forgot, (name: string) => reset(name, code)])
      for (const name of ['lise', 'lise@example.com'])
        await expect(attempt(name)).rejects.toMatchObject(exceeded);
  });

  it('LP-09 guessing an attribute’s code ends after fifteen tries', async () => {
    await pool.createUser(people.UserPoolId, 'emmy', { email: 'emmy@example.com' });
    const AccessToken = await pool.accessToken(people, 'emmy');
    await pool.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: 'email' });
    const code = await pool.newestCode(people.UserPoolId, 'emmy', 'verify');
    const verify = (Code: string) =>
      pool.api.verifyUserAttribute({ AccessToken, AttributeName: 'email', Code });
    for (let step = 1; step <= 15; step += 1)
      await expect(verify(other(code, step))).rejects.toMatchObject(mismatch);
    await expect(verify(code)).rejects.toMatchObject(exceeded);
  });

  it('LP-09 asking for the confirmation code again ends after five', async () => {
    await signUp('sofia');
    const resend = () => pool.api.resendConfirmationCode({ ClientId: people.ClientId, Username: 'sofia' });
    for (let count = 0; count < 5; count += 1) await resend();
    await expect(resend()).rejects.toMatchObject(exceeded);
  });

  it('LP-09 a code proves the address that it went to and no other', async () => {
    const { UserPoolId } = people;
    const move = (Username: string, email: string) =>
      pool.api.adminUpdateUserAttributes({
        UserPoolId,
        Username,
        UserAttributes: attributeList({ email }),
      });
    const code = await signUp('mover');
    await move('mover', 'victim@example.com');
    await expect(confirm('mover', code)).rejects.toMatchObject(expired);

    await pool.createUser(UserPoolId, 'drifter', { email: 'drifter@example.com' });
    const AccessToken = await pool.accessToken(people, 'drifter');
    await pool.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: 'email' });
    const Code = await pool.newestCode(UserPoolId, 'drifter', 'verify');
    pool.pool.store
      .sql("UPDATE users SET attributes = json_set(attributes, '$.email', ?) WHERE username = ?")
      .run('victim@example.com', 'drifter');
    await expect(
      pool.api.verifyUserAttribute({ AccessToken, AttributeName: 'email', Code }),
    ).rejects.toMatchObject(expired);
  });

  it('LP-09 neither codes nor passwords are kept in readable form, nor told in an error', async () => {
    const code = await signUp('reader');
    const rows = pool.pool.store.sql('SELECT * FROM verification_codes').all();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(JSON.stringify(pool.pool.store.sql('SELECT * FROM users').all())).not.toContain(password);
    const error: unknown = await pool.api
      .signUp({ ClientId: people.ClientId, Username: 'x', Password: ' secret-1A ' })
      .catch((caught: unknown) => caught);
    expect(String(error)).not.toContain('secret-1A');
  });
});
