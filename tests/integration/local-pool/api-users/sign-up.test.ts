import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attributeList,
  attributeRecord,
  password,
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from './user-pool-api.ts';

let pool: UserPoolApi;
let people: TestPool;

beforeAll(async () => {
  pool = await startUserPoolApi();
  people = await pool.createPool({ AutoVerifiedAttributes: ['email'] });
});
afterAll(() => pool.close());

const signUp = (Username: string, changes: object = {}) =>
  pool.api.signUp({
    ClientId: people.ClientId,
    Username,
    Password: password,
    UserAttributes: attributeList({ email: `${Username}@example.com` }),
    ...changes,
  });
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

describe('SignUp and ConfirmSignUp', () => {
  it('a code confirms the user and verifies the address', async () => {
    const answer = await signUp('ada');
    expect(answer).toMatchObject({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      CodeDeliveryDetails: { Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
    });
    expect(answer.Session).toBeUndefined();
    const code = await pool.newestCode(people.UserPoolId, 'ada', 'signUp');
    expect(code).toMatch(/^[0-9]{6}$/);
    await pool.api.confirmSignUp({ ClientId: people.ClientId, Username: 'ada', ConfirmationCode: code });
    const user = await pool.api.adminGetUser({ UserPoolId: people.UserPoolId, Username: 'ada' });
    expect(user.UserStatus).toBe('CONFIRMED');
    expect(attributeRecord(user.UserAttributes)).toEqual({
      sub: answer.UserSub,
      email: 'ada@example.com',
      email_verified: 'true',
    });
    await expect(
      pool.api.confirmSignUp({ ClientId: people.ClientId, Username: 'ada', ConfirmationCode: code }),
    ).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'User cannot be confirmed. Current status is CONFIRMED',
    });
    await expect(pool.accessToken(people, 'ada')).resolves.toBeTypeOf('string');
  });

  it('a new code ends the older one, a wrong one and a late one are refused', async () => {
    await signUp('grace');
    const older = await pool.newestCode(people.UserPoolId, 'grace', 'signUp');
    const resent = await pool.api.resendConfirmationCode({ ClientId: people.ClientId, Username: 'grace' });
    expect(resent.CodeDeliveryDetails?.Destination).toBe('g***@e***');
    const newer = await pool.newestCode(people.UserPoolId, 'grace', 'signUp');
    const confirm = (ConfirmationCode: string) =>
      pool.api.confirmSignUp({ ClientId: people.ClientId, Username: 'grace', ConfirmationCode });
    if (older !== newer)
      await expect(confirm(older)).rejects.toMatchObject({ name: 'CodeMismatchException' });
    await expect(confirm(wrong(newer))).rejects.toMatchObject({
      name: 'CodeMismatchException',
      message: 'Invalid verification code provided, please try again.',
    });
    pool.clock.advance(24 * 60 * 60 * 1000);
    await expect(confirm(newer)).rejects.toMatchObject({
      name: 'ExpiredCodeException',
      message: 'Invalid code provided, please request a code again.',
    });
  });

  it('a pool that verifies nothing sends no code, and an administrator confirms', async () => {
    const quiet = await pool.createPool();
    const answer = await pool.api.signUp({ ClientId: quiet.ClientId, Username: 'ada', Password: password });
    expect(answer.CodeDeliveryDetails).toBeUndefined();
    await expect(
      pool.api.resendConfirmationCode({ ClientId: quiet.ClientId, Username: 'ada' }),
    ).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Cannot resend codes. Auto verification not turned on.',
    });
    const named = { UserPoolId: quiet.UserPoolId, Username: 'ada' };
    await pool.api.adminConfirmSignUp(named);
    expect((await pool.api.adminGetUser(named)).UserStatus).toBe('CONFIRMED');
    await expect(pool.api.adminConfirmSignUp(named)).rejects.toMatchObject({
      message: 'User cannot be confirmed. Current status is CONFIRMED',
    });
  });

  it('the phone goes before the mail where both are verified', async () => {
    const both = await pool.createPool({ AutoVerifiedAttributes: ['email', 'phone_number'] });
    const { CodeDeliveryDetails } = await pool.api.signUp({
      ClientId: both.ClientId,
      Username: 'ada',
      Password: password,
      UserAttributes: attributeList({ email: 'ada@example.com', phone_number: '+12065550100' }),
    });
    expect(CodeDeliveryDetails).toEqual({
      Destination: '+*******0100',
      DeliveryMedium: 'SMS',
      AttributeName: 'phone_number',
    });
  });

  it('refuses in Cognito’s words', async () => {
    await signUp('taken');
    const refused: [() => Promise<object>, string, string | RegExp][] = [
      [() => signUp('taken'), 'UsernameExistsException', 'User already exists'],
      [
        () => signUp('weak', { Password: 'alllower1!' }),
        'InvalidPasswordException',
        'Password did not conform with policy: Password must have uppercase characters',
      ],
      [
        () => signUp('short', { Password: 'aB1!' }),
        'InvalidPasswordException',
        'Password did not conform with policy: Password not long enough',
      ],
      [
        () => signUp('blank', { Password: ' Cabana-demo-1' }),
        'InvalidParameterException',
        /Value at 'password' failed to satisfy constraint/,
      ],
      [
        () => signUp('none', { Password: undefined }),
        'InvalidParameterException',
        /Value null at 'password'/,
      ],
      [
        () => signUp('odd', { UserAttributes: attributeList({ 'custom:plan': 'pro' }) }),
        'InvalidParameterException',
        'Attributes did not conform to the schema: custom:plan: Attribute does not exist in the schema.\n',
      ],
      [
        () => signUp('mail', { UserAttributes: attributeList({ email: 'nowhere' }) }),
        'InvalidParameterException',
        'Invalid email address format.',
      ],
      [
        () => signUp('phone', { UserAttributes: attributeList({ phone_number: '0206' }) }),
        'InvalidParameterException',
        'Invalid phone number format.',
      ],
      [
        () =>
          signUp('verified', {
            UserAttributes: attributeList({ email: 'v@example.com', email_verified: 'true' }),
          }),
        'NotAuthorizedException',
        'A client attempted to write unauthorized attribute',
      ],
      [
        () => signUp('lost', { ClientId: 'nobody' }),
        'ResourceNotFoundException',
        'User pool client nobody does not exist.',
      ],
    ];
    for (const [attempt, name, message] of refused)
      await expect(attempt()).rejects.toMatchObject({
        name,
        message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
      });
    const closed = await pool.createPool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    await expect(signUp('late', { ClientId: closed.ClientId })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'SignUp is not permitted for this user pool',
    });
    const strict = await pool.createPool({
      Schema: [{ Name: 'name', AttributeDataType: 'String', Required: true }],
    });
    await expect(signUp('nameless', { ClientId: strict.ClientId })).rejects.toMatchObject({
      message: 'Attributes did not conform to the schema: name: The attribute is required\n',
    });
  });

  it('a confidential client proves itself by SecretHash', async () => {
    const secret = await pool.createClient(people.UserPoolId, { GenerateSecret: true });
    const hash = (username: string) =>
      createHmac('sha256', secret.secret ?? '')
        .update(username + secret.ClientId)
        .digest('base64');
    const { ClientId } = secret;
    await expect(signUp('hedy', { ClientId })).rejects.toMatchObject({
      message: `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
    });
    await expect(signUp('hedy', { ClientId, SecretHash: hash('mary') })).rejects.toMatchObject({
      message: `Unable to verify secret hash for client ${ClientId}`,
    });
    await expect(signUp('hedy', { ClientId, SecretHash: hash('hedy') })).resolves.toMatchObject({
      UserConfirmed: false,
    });
    await expect(signUp('mary', { SecretHash: hash('mary') })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });

  it('a passwordless pool takes people without a password', async () => {
    const codes = await pool.createPool({
      AutoVerifiedAttributes: ['email'],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    });
    const answer = await signUp('ada', { ClientId: codes.ClientId, Password: undefined });
    expect(answer.UserConfirmed).toBe(false);
    const code = await pool.newestCode(codes.UserPoolId, 'ada', 'signUp');
    await pool.api.confirmSignUp({ ClientId: codes.ClientId, Username: 'ada', ConfirmationCode: code });
    await expect(pool.accessToken(codes, 'ada', '')).rejects.toThrow();
    await expect(pool.accessToken(codes, 'ada')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('a choice-based client gets a session at sign-up and one for signing in at confirmation', async () => {
    const choice = await pool.createClient(people.UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const { ClientId } = choice;
    const { Session } = await signUp('lise', { ClientId });
    expect(Session).toBeTypeOf('string');
    const ConfirmationCode = await pool.newestCode(people.UserPoolId, 'lise', 'signUp');
    const answer = await pool.api.confirmSignUp({ ClientId, Username: 'lise', ConfirmationCode, Session });
    expect(answer.Session).toBeTypeOf('string');
    expect(answer.Session).not.toBe(Session);
    const signedIn = await pool.api.initiateAuth({
      AuthFlow: 'USER_AUTH',
      ClientId,
      AuthParameters: { USERNAME: 'lise' },
      Session: answer.Session,
    });
    expect(signedIn.AuthenticationResult?.AccessToken).toBeTypeOf('string');

    const foreign = await signUp('emmy', { ClientId });
    await signUp('sofia', { ClientId });
    const code = await pool.newestCode(people.UserPoolId, 'sofia', 'signUp');
    const confirmed = await pool.api.confirmSignUp({
      ClientId,
      Username: 'sofia',
      ConfirmationCode: code,
      Session: foreign.Session,
    });
    expect(confirmed.Session).toBeUndefined();
  });
});
