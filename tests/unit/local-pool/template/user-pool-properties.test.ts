import { describe, expect, it } from 'vitest';
import { load } from './load.ts';

const pool = (properties: string) =>
  load(`
Parameters:
  Days: { Type: Number, Default: 3 }
  Yes: { Type: String, Default: "true" }
Resources:
  People:
    Type: AWS::Cognito::UserPool
    Properties: { ${properties} }`).userPools[0];

describe('properties of a user pool', () => {
  it.each<[string, string, object]>([
    [
      'every second factor',
      'MfaConfiguration: "ON", EnabledMfas: [SMS_MFA, SOFTWARE_TOKEN_MFA, EMAIL_OTP], EmailAuthenticationMessage: "In: {####}", EmailAuthenticationSubject: Sign in, SmsAuthenticationMessage: "Sms {####}"',
      {
        mfaConfiguration: 'ON',
        poolFactors: { sms: true, softwareToken: true, email: true },
        messages: {
          emailAuthentication: 'In: {####}',
          emailAuthenticationSubject: 'Sign in',
          smsAuthentication: 'Sms {####}',
        },
      },
    ],
    [
      'first factors and passkeys',
      'Policies: { SignInPolicy: { AllowedFirstAuthFactors: [PASSWORD, EMAIL_OTP, WEB_AUTHN] } }, WebAuthnRelyingPartyID: example.com, WebAuthnUserVerification: required, WebAuthnFactorConfiguration: MULTI_FACTOR_WITH_USER_VERIFICATION',
      {
        firstFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'],
        webAuthn: { relyingPartyId: 'example.com', userVerification: 'required', multiFactor: true },
      },
    ],
    [
      'devices',
      'DeviceConfiguration: { ChallengeRequiredOnNewDevice: !Ref Yes, DeviceOnlyRememberedOnUserPrompt: false }',
      {
        deviceConfiguration: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: false },
      },
    ],
    [
      'numbers and truth values that are texts',
      'Policies: { PasswordPolicy: { MinimumLength: "12", RequireSymbols: "true", TemporaryPasswordValidityDays: !Ref Days, PasswordHistorySize: 2 } }',
      {
        passwordPolicy: {
          minimumLength: 12,
          requireUppercase: false,
          requireLowercase: false,
          requireNumbers: false,
          requireSymbols: true,
          temporaryPasswordValidityDays: 3,
          historySize: 2,
        },
      },
    ],
    [
      'messages',
      'VerificationMessageTemplate: { EmailMessage: "Code {####}", EmailSubject: Hello, SmsMessage: "Sms {####}" }, AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, InviteMessageTemplate: { EmailMessage: "{username} {####}", EmailSubject: Welcome, SMSMessage: "{username}: {####}" } }',
      {
        allowAdminCreateUserOnly: true,
        messages: {
          emailVerification: 'Code {####}',
          emailVerificationSubject: 'Hello',
          smsVerification: 'Sms {####}',
          emailInvitation: '{username} {####}',
          emailInvitationSubject: 'Welcome',
          smsInvitation: '{username}: {####}',
        },
      },
    ],
    [
      'addresses that are verified before they change',
      'AutoVerifiedAttributes: [email], UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [email] }',
      { autoVerifiedAttributes: ['email'], verifiedBeforeUpdate: ['email'] },
    ],
  ])('%s are honoured', (_, properties, expected) => {
    expect(pool(properties)).toMatchObject(expected);
  });

  it('a standard attribute keeps the limits that are not given', () => {
    const schema = pool(
      'Schema: [{ Name: email, Required: true }, { Name: birthdate, Mutable: false }]',
    )?.schema;
    expect(schema?.get('email')).toMatchObject({ required: true, maxLength: 2048 });
    expect(schema?.get('birthdate')).toMatchObject({ mutable: false, minLength: 10, maxLength: 10 });
  });
});

describe('identity providers of a template', () => {
  const template = (supported: string) => `
Resources:
  People: { Type: AWS::Cognito::UserPool }
  Partner:
    Type: AWS::Cognito::UserPoolIdentityProvider
    Properties:
      UserPoolId: !Ref People
      ProviderName: Partner
      ProviderType: OIDC
      ProviderDetails: { client_id: us, oidc_issuer: "http://localhost:1", authorize_scopes: openid }
      AttributeMapping: { email: mail }
      IdpIdentifiers: [partner.example]
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties: { UserPoolId: !Ref People, SupportedIdentityProviders: ${supported} }`;

  it('are the pool’s, and app clients refer to them', () => {
    const { userPools, appClients } = load(template('[COGNITO, !Ref Partner]'));
    expect(userPools[0]?.identityProviders).toMatchObject([
      {
        name: 'Partner',
        type: 'OIDC',
        details: { client_id: 'us', oidc_issuer: 'http://localhost:1', authorize_scopes: 'openid' },
        attributeMapping: { email: 'mail' },
        identifiers: ['partner.example'],
      },
    ]);
    expect(appClients[0]?.supportedIdentityProviders).toEqual(['COGNITO', 'Partner']);
  });

  it('that there are not are refused by name', () => {
    expect(() => load(template('[Other]'))).toThrow(
      /^Web\.SupportedIdentityProviders: The provider Other does not exist for User Pool us-east-1_\w{9}\.$/,
    );
  });
});
