import type { CreateUserPoolCommandInput } from '@aws-sdk/client-cognito-identity-provider';

/** A user pool that lets people in by codes alone, if they like. */
export const passwordless: Partial<CreateUserPoolCommandInput> = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] } },
  AutoVerifiedAttributes: ['email'],
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/contract@example.com',
    From: 'contract@example.com',
  },
  SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/Sms', ExternalId: 'contract' },
};
