import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConfigurationApi,
  newAppClient,
  newUserPool,
  refusal,
  required,
  startConfigurationApi,
} from './configuration-api.ts';

let server: ConfigurationApi;
let UserPoolId: string;
let Arn: string;
let ClientId: string;
beforeAll(async () => {
  server = await startConfigurationApi();
  ({ Id: UserPoolId, Arn } = await newUserPool(server, {
    Schema: [{ Name: 'plan', AttributeDataType: 'String' }],
  }));
  ({ ClientId } = await newAppClient(server, UserPoolId));
});
afterAll(() => server.close());

describe('managed login branding', () => {
  it('is one style of a client, without which its pages are refused', async () => {
    const { api } = server;
    const { ManagedLoginBranding } = await api.createManagedLoginBranding({
      UserPoolId,
      ClientId,
      Settings: { components: { page: { colour: 'red' } } },
    });
    const ManagedLoginBrandingId = required(ManagedLoginBranding?.ManagedLoginBrandingId);
    expect(ManagedLoginBranding).toMatchObject({
      UserPoolId,
      UseCognitoProvidedValues: false,
      Settings: { components: { page: { colour: 'red' } } },
    });
    expect(server.pool.appClient(ClientId)?.branded).toBe(true);
    expect(await refusal(api.createManagedLoginBranding({ UserPoolId, ClientId }))).toMatch(
      /^ManagedLoginBrandingExistsException/,
    );
    const place = { UserPoolId, ManagedLoginBrandingId };
    for (const answer of [
      await api.describeManagedLoginBranding(place),
      await api.describeManagedLoginBrandingByClient({ UserPoolId, ClientId }),
    ])
      expect(answer.ManagedLoginBranding).toEqual(ManagedLoginBranding);
    const updated = await api.updateManagedLoginBranding({ ...place, UseCognitoProvidedValues: true });
    expect(updated.ManagedLoginBranding).toMatchObject({ UseCognitoProvidedValues: true });
    expect(updated.ManagedLoginBranding).not.toHaveProperty('Settings');
    expect(
      await refusal(
        api.updateManagedLoginBranding({ ...place, UseCognitoProvidedValues: true, Settings: {} }),
      ),
    ).toMatch(/^InvalidParameterException/);
    await api.deleteManagedLoginBranding(place);
    expect(server.pool.appClient(ClientId)?.branded).toBe(false);
    expect(await refusal(api.describeManagedLoginBranding(place))).toMatch(/^ResourceNotFoundException/);
  });
});

describe('terms', () => {
  it('are created, described, changed in part, listed and deleted', async () => {
    const { api } = server;
    const given = {
      UserPoolId,
      ClientId,
      TermsName: 'terms-of-use',
      TermsSource: 'LINK' as const,
      Enforcement: 'NONE' as const,
      Links: { 'cognito:default': 'https://app.example/terms' },
    };
    const { Terms } = await api.createTerms(given);
    expect(Terms).toMatchObject(given);
    const place = { UserPoolId, TermsId: required(Terms?.TermsId) };
    expect((await api.describeTerms(place)).Terms).toEqual(Terms);
    const byClient = { UserPoolId, ClientId, TermsName: 'terms-of-use' };
    expect((await api.describeTermsByClient(byClient)).Terms).toEqual(Terms);
    expect(await refusal(api.createTerms(given))).toMatch(/^TermsExistsException/);
    const Links = { 'cognito:default': 'https://app.example/other' };
    expect((await api.updateTerms({ ...place, Links })).Terms).toMatchObject({ ...given, Links });
    expect((await api.listTerms({ UserPoolId })).Terms).toMatchObject([
      { TermsId: place.TermsId, TermsName: 'terms-of-use', Enforcement: 'NONE' },
    ]);
    await api.deleteTerms(place);
    expect(await refusal(api.describeTerms(place))).toMatch(/^ResourceNotFoundException/);
  });
});

describe('the look of the classic pages', () => {
  it('is a client’s own or that of all', async () => {
    const { api } = server;
    const none = (await api.getUICustomization({ UserPoolId })).UICustomization;
    expect(none).toEqual({ UserPoolId, ClientId: 'ALL' });
    const ImageFile = new Uint8Array([1, 2, 3]);
    await api.setUICustomization({ UserPoolId, CSS: '.logo-customizable {}', ImageFile });
    expect((await api.getUICustomization({ UserPoolId, ClientId })).UICustomization).toMatchObject({
      ClientId,
      CSS: '.logo-customizable {}',
      ImageUrl: 'data:image/*;base64,AQID',
    });
    await api.setUICustomization({ UserPoolId, ClientId, CSS: '.banner-customizable {}' });
    expect((await api.getUICustomization({ UserPoolId, ClientId })).UICustomization).toMatchObject({
      CSS: '.banner-customizable {}',
    });
    expect((await api.getUICustomization({ UserPoolId })).UICustomization).toMatchObject({
      CSS: '.logo-customizable {}',
    });
    expect(await refusal(api.setUICustomization({ UserPoolId, CSS: 'x'.repeat(131_073) }))).toContain(
      'less than or equal to 131072',
    );
  });
});

describe('what is kept and given back', () => {
  it('log delivery', async () => {
    const LogConfigurations = [
      {
        LogLevel: 'ERROR' as const,
        EventSource: 'userNotification' as const,
        CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:x' },
      },
    ];
    await server.api.setLogDeliveryConfiguration({ UserPoolId, LogConfigurations });
    const { LogDeliveryConfiguration } = await server.api.getLogDeliveryConfiguration({ UserPoolId });
    expect(LogDeliveryConfiguration).toEqual({ UserPoolId, LogConfigurations });
  });

  it('risk configuration, of the pool and of a client', async () => {
    const RiskExceptionConfiguration = { BlockedIPRangeList: ['10.0.0.0/8'] };
    await server.api.setRiskConfiguration({ UserPoolId, RiskExceptionConfiguration });
    expect((await server.api.describeRiskConfiguration({ UserPoolId })).RiskConfiguration).toMatchObject({
      UserPoolId,
      RiskExceptionConfiguration,
      LastModifiedDate: new Date(server.clock.now()),
    });
    await server.api.setRiskConfiguration({ UserPoolId, ClientId });
    const ofClient = (await server.api.describeRiskConfiguration({ UserPoolId, ClientId })).RiskConfiguration;
    expect(ofClient).toMatchObject({ UserPoolId, ClientId });
    expect(ofClient).not.toHaveProperty('RiskExceptionConfiguration');
  });

  it('tags', async () => {
    const { api } = server;
    await api.tagResource({ ResourceArn: Arn, Tags: { stage: 'dev', team: 'shop' } });
    await api.tagResource({ ResourceArn: Arn, Tags: { stage: 'test' } });
    await api.untagResource({ ResourceArn: Arn, TagKeys: ['team'] });
    expect((await api.listTagsForResource({ ResourceArn: Arn })).Tags).toEqual({ stage: 'test' });
    expect((await api.describeUserPool({ UserPoolId })).UserPool?.UserPoolTags).toEqual({ stage: 'test' });
    const other = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Elsewhere';
    expect(await refusal(api.listTagsForResource({ ResourceArn: other }))).toMatch(
      /^ResourceNotFoundException/,
    );
  });
});

it('GetSigningCertificate gives the pool’s own certificate, the same each time', async () => {
  const read = async (id: string) =>
    new X509Certificate(
      Buffer.from(
        required((await server.api.getSigningCertificate({ UserPoolId: id })).Certificate),
        'base64',
      ),
    );
  const certificate = await read(UserPoolId);
  expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2_048);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect((await read(UserPoolId)).fingerprint256).toBe(certificate.fingerprint256);
  expect((await read((await newUserPool(server)).Id)).fingerprint256).not.toBe(certificate.fingerprint256);
});

it('GetCSVHeader names every attribute', async () => {
  const { CSVHeader = [] } = await server.api.getCSVHeader({ UserPoolId });
  expect(CSVHeader).toHaveLength(22);
  expect(CSVHeader).toEqual(
    expect.arrayContaining(['email', 'birthdate', 'custom:plan', 'cognito:mfa_enabled', 'cognito:username']),
  );
});
