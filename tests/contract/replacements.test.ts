import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oauthSettings } from './support/relying-party.ts';
import { openStage, type Stage } from './support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('E.3 updates are full replacements', () => {
  it('E.3 UpdateUserPool: what is not sent goes back to its default', async () => {
    const { UserPoolId } = await stage.createPool({
      AutoVerifiedAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { PasswordPolicy: { MinimumLength: 20, RequireSymbols: false } },
      EmailVerificationMessage: 'Yours: {####}',
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    });
    const describePool = async () => (await stage.api.describeUserPool({ UserPoolId })).UserPool;
    expect(await describePool()).toMatchObject({
      AutoVerifiedAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { PasswordPolicy: { MinimumLength: 20, RequireSymbols: false } },
    });
    await stage.api.updateUserPool({ UserPoolId, PoolName: 'renamed' });
    const pool = await describePool();
    expect(pool).toMatchObject({
      Name: 'renamed',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
      },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
    });
    expect(pool?.AutoVerifiedAttributes ?? []).toEqual([]);
    expect(pool?.EmailVerificationMessage).toBeUndefined();
  });

  it('E.3 UpdateUserPoolClient: what is not sent goes back to its default', async () => {
    const { UserPoolId } = await stage.createPool();
    const { ClientId } = await stage.createClient(UserPoolId, {
      ...oauthSettings,
      ReadAttributes: ['email'],
      RefreshTokenValidity: 5,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: false,
    });
    await stage.api.updateUserPoolClient({ UserPoolId, ClientId });
    const { UserPoolClient } = await stage.api.describeUserPoolClient({ UserPoolId, ClientId });
    expect(UserPoolClient).toMatchObject({
      ClientId,
      RefreshTokenValidity: 30,
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
    });
    for (const name of ['ReadAttributes', 'CallbackURLs', 'AllowedOAuthFlows', 'AllowedOAuthScopes'] as const)
      expect(UserPoolClient?.[name] ?? []).toEqual([]);
    expect(UserPoolClient?.PreventUserExistenceErrors ?? 'LEGACY').toBe('LEGACY');
  });

  it('E.3 UpdateResourceServer replaces name and scopes', async () => {
    const { UserPoolId } = await stage.createPool();
    const Identifier = 'orders';
    const scope = (ScopeName: string) => ({ ScopeName, ScopeDescription: ScopeName });
    await stage.api.createResourceServer({
      UserPoolId,
      Identifier,
      Name: 'Orders',
      Scopes: [scope('read'), scope('write')],
    });
    await stage.api.updateResourceServer({ UserPoolId, Identifier, Name: 'New', Scopes: [scope('read')] });
    const { ResourceServer } = await stage.api.describeResourceServer({ UserPoolId, Identifier });
    expect(ResourceServer).toEqual({ UserPoolId, Identifier, Name: 'New', Scopes: [scope('read')] });
  });

  it('E.3 SetUserPoolMfaConfig replaces the MFA part; UpdateGroup alone keeps what is not sent', async () => {
    const { UserPoolId } = await stage.createPool();
    await stage.api.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    await stage.api.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: 'OFF' });
    const config = await stage.api.getUserPoolMfaConfig({ UserPoolId });
    expect(config.MfaConfiguration).toBe('OFF');
    expect(config.SoftwareTokenMfaConfiguration?.Enabled ?? false).toBe(false);

    await stage.api.createGroup({ UserPoolId, GroupName: 'staff', Description: 'All', Precedence: 3 });
    await stage.api.updateGroup({ UserPoolId, GroupName: 'staff', Precedence: 4 });
    const { Group } = await stage.api.getGroup({ UserPoolId, GroupName: 'staff' });
    expect(Group).toMatchObject({ Description: 'All', Precedence: 4 });
  });
});
