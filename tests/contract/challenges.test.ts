import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';
import { allMfa, createMfaPool, registerTotp, totpOnly } from './support/mfa-pools.ts';
import {
  attributeRecord,
  completeTokens,
  type ContractClient,
  openStage,
  password,
  required,
  type Stage,
} from './support/stage.ts';
import { nextTotp } from './support/totp.ts';
import { requires } from './target.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const begin = ({ ClientId }: ContractClient, USERNAME: string, PASSWORD = password) =>
  stage.api.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD },
  });

const answer = (
  { ClientId }: ContractClient,
  ChallengeName: ChallengeNameType,
  Session: string | undefined,
  ChallengeResponses: Record<string, string>,
) =>
  stage.api.respondToAuthChallenge({
    ClientId,
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: 'jane', ...ChallengeResponses },
  });

const mismatch = { name: 'CodeMismatchException', message: 'Invalid code or auth state for the user.' };
const phone = { phone_number: '+12065550100', phone_number_verified: 'true' };
const email = { email: 'jane@example.com', email_verified: 'true' };

describe('E.3 NEW_PASSWORD_REQUIRED', () => {
  it('E.3 with required attributes: names them, demands them, and signs in', async () => {
    const people = await stage.createPool({
      Schema: [{ Name: 'given_name', AttributeDataType: 'String', Required: true, Mutable: true }],
    });
    const { UserPoolId } = people;
    const TemporaryPassword = 'Temporary-Contract-1';
    await stage.api.adminCreateUser({
      UserPoolId,
      Username: 'jane',
      TemporaryPassword,
      UserAttributes: [
        { Name: 'email', Value: 'jane@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ],
      MessageAction: 'SUPPRESS',
    });
    const asked = await begin(people, 'jane', TemporaryPassword);
    expect(asked).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: { USER_ID_FOR_SRP: 'jane', requiredAttributes: '["userAttributes.given_name"]' },
    });
    expect(JSON.parse(required(asked.ChallengeParameters?.userAttributes))).toEqual(email);
    const reply = (responses: Record<string, string>) =>
      answer(people, 'NEW_PASSWORD_REQUIRED', asked.Session, responses);
    await expect(reply({ NEW_PASSWORD: password })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(
      reply({ NEW_PASSWORD: 'short', 'userAttributes.given_name': 'Jane' }),
    ).rejects.toMatchObject({ name: 'InvalidPasswordException' });
    const { AuthenticationResult } = await reply({
      NEW_PASSWORD: password,
      'userAttributes.given_name': 'Jane',
    });
    completeTokens(AuthenticationResult);
    const user = await stage.api.adminGetUser({ UserPoolId, Username: 'jane' });
    expect(user.UserStatus).toBe('CONFIRMED');
    expect(attributeRecord(user.UserAttributes)).toMatchObject({ given_name: 'Jane' });
    await expect(begin(people, 'jane')).resolves.toHaveProperty('AuthenticationResult');
  });
});

describe('E.3 authenticator apps', () => {
  it('E.3 MFA_SETUP during sign-in, and SOFTWARE_TOKEN_MFA at the next', async () => {
    const people = await createMfaPool(stage, 'ON', totpOnly);
    await stage.createUser(people.UserPoolId, 'jane');
    const asked = await begin(people, 'jane');
    expect(asked).toMatchObject({
      ChallengeName: 'MFA_SETUP',
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]', USER_ID_FOR_SRP: 'jane' },
    });
    const associated = await stage.api.associateSoftwareToken({ Session: asked.Session });
    const secret = required(associated.SecretCode);
    expect(secret).toMatch(/^[A-Z2-7]{16,}$/);
    await expect(
      stage.api.verifySoftwareToken({ Session: associated.Session, UserCode: '000000' }),
    ).rejects.toMatchObject({ name: 'EnableSoftwareTokenMFAException', message: 'Code mismatch' });
    const verified = await stage.api.verifySoftwareToken({
      Session: associated.Session,
      UserCode: await nextTotp(stage, secret),
    });
    expect(verified.Status).toBe('SUCCESS');
    const done = await answer(people, 'MFA_SETUP', verified.Session, {});
    const { AccessToken } = completeTokens(done.AuthenticationResult);
    await expect(stage.api.getUser({ AccessToken })).resolves.toMatchObject({
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
    });

    const next = await begin(people, 'jane');
    expect(next).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      ChallengeParameters: { USER_ID_FOR_SRP: 'jane' },
    });
    const reply = (SOFTWARE_TOKEN_MFA_CODE: string) =>
      answer(people, 'SOFTWARE_TOKEN_MFA', next.Session, { SOFTWARE_TOKEN_MFA_CODE });
    await expect(reply('000000')).rejects.toMatchObject({
      name: 'CodeMismatchException',
      message: 'Invalid code received for user',
    });
    const code = await nextTotp(stage, secret);
    completeTokens((await reply(code)).AuthenticationResult);
    const again = await begin(people, 'jane');
    await expect(
      answer(people, 'SOFTWARE_TOKEN_MFA', again.Session, { SOFTWARE_TOKEN_MFA_CODE: code }),
    ).rejects.toMatchObject({
      name: 'ExpiredCodeException',
      message: 'Your software token has already been used once.',
    });
  });

  it('E.3 by access token: associate, verify, prefer', async () => {
    const people = await createMfaPool(stage, 'OPTIONAL', totpOnly);
    await stage.createUser(people.UserPoolId, 'jane');
    const { AccessToken } = await stage.signIn(people, 'jane');
    await expect(
      stage.api.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true } }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'User has not verified software token mfa',
    });
    const secret = await registerTotp(stage, AccessToken);
    await stage.api.setUserMFAPreference({
      AccessToken,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    const next = await begin(people, 'jane');
    expect(next.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const done = await answer(people, 'SOFTWARE_TOKEN_MFA', next.Session, {
      SOFTWARE_TOKEN_MFA_CODE: await nextTotp(stage, secret),
    });
    completeTokens(done.AuthenticationResult);
  });

  it('E.3 a pool without TOTP', async () => {
    const people = await stage.createPool();
    await stage.createUser(people.UserPoolId, 'jane');
    const { AccessToken } = await stage.signIn(people, 'jane');
    await expect(stage.api.associateSoftwareToken({ AccessToken })).rejects.toMatchObject({
      name: 'SoftwareTokenMFANotFoundException',
      message: 'Software Token MFA has not been enabled by the userPool',
    });
  });
});

describe('E.3 codes by SMS and email', () => {
  requires('inbox');

  it.each([
    ['SMS_MFA', phone, 'SMS', '+*******0100', 'sms', { SMSMfaSettings: { Enabled: true } }],
    ['EMAIL_OTP', email, 'EMAIL', 'j***@e***', 'email', { EmailMfaSettings: { Enabled: true } }],
  ] as const)('E.3 %s after the password', async (name, attributes, medium, masked, purpose, preference) => {
    const people = await createMfaPool(stage, 'OPTIONAL', allMfa);
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'jane', attributes);
    await stage.api.adminSetUserMFAPreference({ UserPoolId, Username: 'jane', ...preference });
    const asked = await begin(people, 'jane');
    expect(asked).toMatchObject({
      ChallengeName: name,
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: medium, CODE_DELIVERY_DESTINATION: masked },
    });
    const reply = (code: string) => answer(people, name, asked.Session, { [`${name}_CODE`]: code });
    const code = await stage.newestCode(UserPoolId, 'jane', purpose);
    await expect(reply(code === '111111' ? '222222' : '111111')).rejects.toMatchObject(mismatch);
    completeTokens((await reply(code)).AuthenticationResult);
  });

  it('E.3 SELECT_MFA_TYPE lets the user choose', async () => {
    const people = await createMfaPool(stage, 'ON', allMfa);
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'jane', { ...phone, ...email });
    const asked = await begin(people, 'jane');
    expect(asked.ChallengeName).toBe('SELECT_MFA_TYPE');
    const choices = JSON.parse(required(asked.ChallengeParameters?.MFAS_CAN_CHOOSE)) as string[];
    expect(choices.toSorted()).toEqual(['EMAIL_OTP', 'SMS_MFA']);
    const chosen = await answer(people, 'SELECT_MFA_TYPE', asked.Session, { ANSWER: 'SMS_MFA' });
    expect(chosen.ChallengeName).toBe('SMS_MFA');
    const done = await answer(people, 'SMS_MFA', chosen.Session, {
      SMS_MFA_CODE: await stage.newestCode(UserPoolId, 'jane', 'sms'),
    });
    completeTokens(done.AuthenticationResult);
  });

  it('E.3 a session belongs to its user and its challenge, and expires', async () => {
    const people = await createMfaPool(stage, 'ON', allMfa);
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'jane', phone);
    const asked = await begin(people, 'jane');
    const code = await stage.newestCode(UserPoolId, 'jane', 'sms');
    const garbage = 'A'.repeat(100);
    for (const [name, session] of [
      ['SMS_MFA', garbage],
      ['EMAIL_OTP', required(asked.Session)],
    ] as const)
      await expect(answer(people, name, session, { [`${name}_CODE`]: code })).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      });
    await stage.pass(181);
    await expect(
      answer(people, 'SMS_MFA', asked.Session, { SMS_MFA_CODE: code }),
    ).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid session for the user, session is expired.',
    });
  });
});
