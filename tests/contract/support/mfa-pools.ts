import type { SetUserPoolMfaConfigCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import { type ContractClient, required, type Stage } from './stage.ts';
import { nextTotp } from './totp.ts';

export const allMfa = {
  SoftwareTokenMfaConfiguration: { Enabled: true },
  SmsMfaConfiguration: {
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/Sms', ExternalId: 'contract' },
  },
  EmailMfaConfiguration: {},
};

export const totpOnly = { SoftwareTokenMfaConfiguration: { Enabled: true } };

/** A user pool whose only way of recovery is the administrator, so that every address may be a second factor. */
export async function createMfaPool(
  stage: Stage,
  MfaConfiguration: 'OPTIONAL' | 'ON',
  factors: Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>,
  settings: Parameters<Stage['createPool']>[0] = {},
): Promise<ContractClient> {
  const people = await stage.createPool({
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    EmailConfiguration: {
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/contract@example.com',
      From: 'contract@example.com',
    },
    ...settings,
  });
  await stage.api.setUserPoolMfaConfig({ UserPoolId: people.UserPoolId, MfaConfiguration, ...factors });
  return people;
}

/** Registers an authenticator app with an access token. @returns its secret. */
export async function registerTotp(stage: Stage, AccessToken: string): Promise<string> {
  const { SecretCode } = await stage.api.associateSoftwareToken({ AccessToken });
  const secret = required(SecretCode);
  await stage.api.verifySoftwareToken({ AccessToken, UserCode: await nextTotp(stage, secret) });
  return secret;
}
