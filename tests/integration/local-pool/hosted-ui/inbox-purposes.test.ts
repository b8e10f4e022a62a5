import { afterAll, beforeAll, expect, it } from 'vitest';
import { startUserPoolApi, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { createChallengePool } from './challenge-pool.ts';

let running: UserPoolApi;

beforeAll(async () => {
  running = await startUserPoolApi();
});
afterAll(() => running.close());

it('the inbox tells codes of every purpose apart, newest first, each with its code in the body', async () => {
  const { api } = running;
  const pool = await createChallengePool(running, {
    pool: {
      AutoVerifiedAttributes: ['email'],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] } },
    },
  });
  const { UserPoolId } = pool;
  const { ClientId } = await running.createClient(UserPoolId, {
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const Username = 'ada';
  await api.signUp({
    ClientId,
    Username,
    Password: 'Cabana-demo-1',
    UserAttributes: [
      { Name: 'email', Value: 'ada@example.com' },
      { Name: 'phone_number', Value: '+12065550100' },
    ],
  });
  const first = await running.newestCode(UserPoolId, Username, 'signUp');
  await api.confirmSignUp({ ClientId, Username, ConfirmationCode: first });
  const AccessToken = await running.accessToken({ UserPoolId, ClientId }, Username);
  await api.getUserAttributeVerificationCode({ AccessToken, AttributeName: 'email' });
  await api.forgotPassword({ ClientId, Username });
  const begin = (PREFERRED_CHALLENGE: string) =>
    api.initiateAuth({
      ClientId,
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: Username, PREFERRED_CHALLENGE },
    });
  await begin('EMAIL_OTP');
  await begin('SMS_OTP');

  for (const purpose of ['signUp', 'forgot', 'verify', 'sms', 'email']) {
    const found = await running.messages(UserPoolId, Username, purpose);
    expect(found, purpose).toHaveLength(1);
    expect(found[0]?.code).toMatch(/^\d{6,8}$/);
    expect(found[0]?.body).toContain(found[0]?.code);
    expect(found[0]?.medium).toBe(purpose === 'sms' ? 'SMS' : 'EMAIL');
  }
  const all = (await running.messages(UserPoolId, Username)) as unknown as { purpose: string }[];
  expect(all.map(({ purpose }) => purpose)).toEqual(['sms', 'email', 'forgot', 'verify', 'signUp']);
});
