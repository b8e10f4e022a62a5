import type {
  CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { type AuthApi, attributeRecord, type TestPool } from './auth-api.ts';

export const sms = {
  SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' } },
};
export const email = { EmailMfaConfiguration: { Message: 'Sign in with {####}', Subject: 'Sign-in' } };
export const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
export const onlyAdminRecovers: Partial<CreateUserPoolCommandInput> = {
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
};
export const ada = { email: 'ada@example.com', phone_number: '+15555550100' };

/** A pool with these second factors, which nobody can take away by recovering a password. */
export async function mfaPool(
  auth: AuthApi,
  factors: Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>,
  settings: Partial<CreateUserPoolCommandInput> = onlyAdminRecovers,
): Promise<TestPool> {
  const pool = await auth.createPool(settings, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  await auth.api.setUserPoolMfaConfig({ UserPoolId: pool.UserPoolId, ...factors });
  return pool;
}

export const attributesOf = async (auth: AuthApi, { UserPoolId }: TestPool, Username: string) =>
  attributeRecord((await auth.api.adminGetUser({ UserPoolId, Username })).UserAttributes);
