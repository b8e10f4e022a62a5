import { paginateListUserPools } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConfigurationApi,
  newAppClient,
  newUserPool,
  refusal,
  required,
  startConfigurationApi,
} from './configuration-api.ts';

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

let server: ConfigurationApi;
beforeAll(async () => {
  server = await startConfigurationApi();
});
afterAll(() => server.close());

const describePool = async (UserPoolId: string) =>
  required((await server.api.describeUserPool({ UserPoolId })).UserPool);

describe('CreateUserPool', () => {
  it('fills in the documented defaults', async () => {
    const created = await newUserPool(server, { PoolName: 'my-pool' });
    expect(created.Id).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(created).toMatchObject({
      Name: 'my-pool',
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
      DeletionProtection: 'INACTIVE',
      LambdaConfig: {},
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      MfaConfiguration: 'OFF',
      EstimatedNumberOfUsers: 0,
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${created.Id}`,
      UserPoolTier: 'ESSENTIALS',
      CreationDate: new Date(server.clock.now()),
      LastModifiedDate: new Date(server.clock.now()),
    });
    expect(created).not.toHaveProperty('AutoVerifiedAttributes');
    expect(await describePool(created.Id)).toEqual(
      expect.objectContaining({ Id: created.Id, SchemaAttributes: created.SchemaAttributes }),
    );
  });

  it('lists every standard attribute with its constraints, sub first', async () => {
    const { SchemaAttributes = [] } = await newUserPool(server);
    expect(SchemaAttributes.map(({ Name }) => Name)).toHaveLength(20);
    expect(SchemaAttributes[0]).toEqual({
      Name: 'sub',
      AttributeDataType: 'String',
      DeveloperOnlyAttribute: false,
      Mutable: false,
      Required: true,
      StringAttributeConstraints: { MinLength: '1', MaxLength: '2048' },
    });
    const byName = new Map(SchemaAttributes.map((attribute) => [attribute.Name, attribute]));
    expect(byName.get('birthdate')?.StringAttributeConstraints).toEqual({ MinLength: '10', MaxLength: '10' });
    expect(byName.get('updated_at')?.NumberAttributeConstraints).toEqual({ MinValue: '0' });
    expect(byName.get('email_verified')?.AttributeDataType).toBe('Boolean');
  });

  it('keeps what is given, and a pool of it is ready for use', async () => {
    const { Id } = await newUserPool(server, {
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireNumbers: true, PasswordHistorySize: 3 } },
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      Schema: [
        { Name: 'email', Required: true, Mutable: false },
        { Name: 'plan', AttributeDataType: 'String', StringAttributeConstraints: { MaxLength: '8' } },
        { Name: 'score', AttributeDataType: 'Number', DeveloperOnlyAttribute: true },
      ],
      LambdaConfig: { PreSignUp: arn('check'), PreTokenGeneration: arn('claims') },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Name: 'verified_phone_number', Priority: 2 },
          { Name: 'verified_email', Priority: 1 },
        ],
      },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      EmailVerificationMessage: 'Your code: {####}',
      UserPoolTags: { stage: 'dev' },
    });
    expect(await describePool(Id)).toMatchObject({
      Policies: {
        PasswordPolicy: { MinimumLength: 12, RequireUppercase: false, RequireNumbers: true },
      },
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      LambdaConfig: {
        PreTokenGeneration: arn('claims'),
        PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: arn('claims') },
      },
      VerificationMessageTemplate: { EmailMessage: 'Your code: {####}' },
      UserPoolTags: { stage: 'dev' },
    });
    const userPool = required(server.pool.userPool(Id));
    expect(userPool).toMatchObject({
      caseSensitive: false,
      usernameAttributes: ['email'],
      verifiedBeforeUpdate: ['email'],
      accountRecovery: ['verified_email', 'verified_phone_number'],
      deviceConfiguration: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: false },
      passwordPolicy: { minimumLength: 12, requireUppercase: false, historySize: 3 },
      messages: { emailVerification: 'Your code: {####}' },
      lambdaConfig: {
        functions: { PreSignUp: arn('check') },
        preTokenGeneration: { version: 'V1_0', functionArn: arn('claims') },
      },
    });
    expect(userPool.schema.get('email')).toMatchObject({ required: true, mutable: false, maxLength: 2048 });
    expect(userPool.schema.get('custom:plan')).toMatchObject({ type: 'String', maxLength: 8 });
    expect(userPool.schema.get('dev:custom:score')).toMatchObject({ type: 'Number' });
    const keys = (await (await fetch(`${server.url}/${Id}/.well-known/jwks.json`)).json()) as { keys: [] };
    expect(keys.keys).toHaveLength(2);
  });

  it.each([
    [
      'both kinds of sign-in attributes',
      { AliasAttributes: ['email' as const], UsernameAttributes: ['email' as const] },
      'Only one of the aliasAttributes or usernameAttributes can be set in a user pool.',
    ],
    [
      'MFA without SMS configuration',
      { MfaConfiguration: 'OPTIONAL' as const },
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    ],
    [
      'a required custom attribute',
      { Schema: [{ Name: 'plan', AttributeDataType: 'String' as const, Required: true }] },
      'Required custom attributes are not supported currently.',
    ],
    [
      'two different token triggers',
      {
        LambdaConfig: {
          PreTokenGeneration: arn('one'),
          PreTokenGenerationConfig: { LambdaVersion: 'V2_0' as const, LambdaArn: arn('two') },
        },
      },
      'PreTokenGeneration and PreTokenGenerationConfig must name the same function.',
    ],
    [
      'first factors without passwords',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['EMAIL_OTP' as const] } } },
      'PASSWORD must be one of the AllowedFirstAuthFactors.',
    ],
    [
      'a name of another form',
      { PoolName: 'a/b' },
      "1 validation error detected: Value 'a/b' at 'poolName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w\\s+=,.@-]+",
    ],
    [
      'a password policy out of range',
      { Policies: { PasswordPolicy: { MinimumLength: 5 } } },
      "1 validation error detected: Value at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6",
    ],
  ])('refuses %s', async (_, input, message) => {
    expect(await refusal(newUserPool(server, input))).toBe(`InvalidParameterException: ${message}`);
  });
});

describe('UpdateUserPool', () => {
  it('sets everything back that is not sent, and keeps what cannot change', async () => {
    const { Id } = await newUserPool(server, {
      AutoVerifiedAttributes: ['email'],
      AliasAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      LambdaConfig: { PreSignUp: arn('check') },
      Policies: { PasswordPolicy: { MinimumLength: 20 } },
      DeletionProtection: 'ACTIVE',
      Schema: [{ Name: 'plan', AttributeDataType: 'String' }],
    });
    server.clock.advance(5_000);
    await server.api.updateUserPool({ UserPoolId: Id, PoolName: 'renamed' });
    const after = await describePool(Id);
    expect(after).toMatchObject({
      Name: 'renamed',
      AliasAttributes: ['email'],
      LambdaConfig: {},
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      DeletionProtection: 'INACTIVE',
      LastModifiedDate: new Date(server.clock.now()),
    });
    expect(after.Policies?.PasswordPolicy?.MinimumLength).toBe(8);
    expect(after).not.toHaveProperty('AutoVerifiedAttributes');
    expect(after.SchemaAttributes?.map(({ Name }) => Name)).toContain('custom:plan');
    expect(server.pool.userPool(Id)).toMatchObject({ allowAdminCreateUserOnly: false, name: 'renamed' });
  });
});

describe('AddCustomAttributes', () => {
  it('adds attributes that stay, up to fifty', async () => {
    const { Id } = await newUserPool(server);
    const batch = (prefix: string, count: number) =>
      server.api.addCustomAttributes({
        UserPoolId: Id,
        CustomAttributes: Array.from({ length: count }, (_, index) => ({
          Name: `${prefix}${index}`,
          AttributeDataType: 'String',
        })),
      });
    await batch('a', 25);
    await batch('b', 25);
    expect((await describePool(Id)).SchemaAttributes).toHaveLength(70);
    expect(await refusal(batch('c', 1))).toBe(
      'InvalidParameterException: A user pool has at most 50 custom attributes.',
    );
    expect(await refusal(batch('d', 26))).toContain('Member must have length less than or equal to 25');
  });

  it('refuses a name that is taken, and a required attribute', async () => {
    const { Id } = await newUserPool(server);
    const add = (Name: string, Required = false) =>
      server.api.addCustomAttributes({ UserPoolId: Id, CustomAttributes: [{ Name, Required }] });
    await add('plan');
    expect(await refusal(add('plan'))).toBe(
      'InvalidParameterException: custom:plan: Existing attribute already has name custom:plan.',
    );
    expect(await refusal(add('other', true))).toBe(
      'InvalidParameterException: Required custom attributes are not supported currently.',
    );
    await add('email');
    expect(server.pool.userPool(Id)?.schema.has('custom:email')).toBe(true);
    expect(await refusal(add('x'.repeat(21)))).toContain('Member must have length less than or equal to 20');
  });
});

describe('DeleteUserPool', () => {
  it('takes users, clients and keys with it', async () => {
    const { Id } = await newUserPool(server);
    const { ClientId } = await newAppClient(server, Id);
    await server.api.createGroup({ UserPoolId: Id, GroupName: 'staff' });
    await server.api.deleteUserPool({ UserPoolId: Id });
    expect(await refusal(describePool(Id))).toBe(
      `ResourceNotFoundException: User pool ${Id} does not exist.`,
    );
    expect(server.pool.appClient(ClientId)).toBeUndefined();
    expect((await fetch(`${server.url}/${Id}/.well-known/jwks.json`)).status).toBe(404);
    for (const table of ['app_clients', 'signing_keys', 'groups', 'users'])
      expect(
        server.pool.store.sql(`SELECT count(*) AS rows FROM ${table} WHERE user_pool_id = ?`).get(Id)?.rows,
      ).toBe(0);
  });

  it('is refused while the pool is protected, and while it has a domain', async () => {
    const { Id } = await newUserPool(server, { DeletionProtection: 'ACTIVE' });
    const remove = () => refusal(server.api.deleteUserPool({ UserPoolId: Id }));
    expect(await remove()).toBe(
      'InvalidParameterException: The user pool cannot be deleted because deletion protection is activated. ' +
        'Deletion protection must be inactivated first.',
    );
    await server.api.updateUserPool({ UserPoolId: Id });
    await server.api.createUserPoolDomain({ UserPoolId: Id, Domain: 'to-delete' });
    expect(await remove()).toBe(
      'InvalidParameterException: User pool cannot be deleted. It has a domain configured that should be deleted first.',
    );
    await server.api.deleteUserPoolDomain({ UserPoolId: Id, Domain: 'to-delete' });
    expect(await remove()).toBe('no refusal');
  });
});

describe('ListUserPools', () => {
  it('gives every pool once, page by page', async () => {
    const own = await startConfigurationApi();
    try {
      const made = new Set<string>();
      for (let count = 0; count < 5; count += 1) made.add((await newUserPool(own)).Id);
      const seen: string[] = [];
      const sizes: number[] = [];
      for await (const page of paginateListUserPools({ client: own.api, pageSize: 2 }, { MaxResults: 2 })) {
        sizes.push(page.UserPools?.length ?? 0);
        seen.push(...(page.UserPools ?? []).map(({ Id }) => required(Id)));
      }
      expect(sizes).toEqual([2, 2, 1]);
      expect(new Set(seen)).toEqual(made);
    } finally {
      await own.close();
    }
  });

  it.each(['garbage', Buffer.from('after:').toString('base64url'), 'YWZ0ZXI6eA=='])(
    'refuses the token %s, which no page gave',
    async (NextToken) => {
      expect(await refusal(server.api.listUserPools({ MaxResults: 1, NextToken }))).toBe(
        'InvalidParameterException: Invalid pagination token',
      );
    },
  );

  it('wants 1 to 60 results', async () => {
    expect(await refusal(server.api.listUserPools({ MaxResults: 0 }))).toContain(
      'greater than or equal to 1',
    );
    expect(await refusal(server.api.listUserPools({ MaxResults: 61 }))).toContain('less than or equal to 60');
  });
});

describe('the MFA configuration', () => {
  it('is replaced as a whole and echoed', async () => {
    const { Id } = await newUserPool(server);
    expect(await server.api.getUserPoolMfaConfig({ UserPoolId: Id })).toMatchObject({
      MfaConfiguration: 'OFF',
    });
    const totp = await server.api.setUserPoolMfaConfig({
      UserPoolId: Id,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration: { RelyingPartyId: 'example.com', UserVerification: 'required' },
    });
    expect(totp).toMatchObject({
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    expect(server.pool.userPool(Id)).toMatchObject({
      mfaConfiguration: 'OPTIONAL',
      poolFactors: { sms: false, softwareToken: true, email: false },
      webAuthn: { relyingPartyId: 'example.com', userVerification: 'required', multiFactor: false },
    });
    await server.api.setUserPoolMfaConfig({
      UserPoolId: Id,
      MfaConfiguration: 'ON',
      EmailMfaConfiguration: { Message: 'Code {####}', Subject: 'Sign in' },
    });
    const after = await server.api.getUserPoolMfaConfig({ UserPoolId: Id });
    expect(after).not.toHaveProperty('SoftwareTokenMfaConfiguration');
    expect(after).toMatchObject({
      MfaConfiguration: 'ON',
      EmailMfaConfiguration: { Message: 'Code {####}', Subject: 'Sign in' },
    });
    expect(server.pool.userPool(Id)?.messages).toMatchObject({ emailAuthentication: 'Code {####}' });
  });

  it('with SMS comes with the pool', async () => {
    const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' };
    const { Id } = await newUserPool(server, { MfaConfiguration: 'ON', SmsConfiguration });
    expect(await server.api.getUserPoolMfaConfig({ UserPoolId: Id })).toMatchObject({
      MfaConfiguration: 'ON',
      SmsMfaConfiguration: { SmsConfiguration },
    });
    expect(server.pool.userPool(Id)?.poolFactors.sms).toBe(true);
  });
});
