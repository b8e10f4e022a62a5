import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../../../lib/config.ts';
import { keys } from '../../../scripts/doctor/checks/keys.ts';
import { freePort } from '../../support/app.ts';
import { configurationFor, environmentFor } from '../../support/configuration.ts';
import { makeSigningKey } from '../../support/signed-tokens.ts';
import { sendKeys, startUserPoolServer } from '../../support/user-pool-server.ts';
import { startConfigurationApi } from '../local-pool/api-configuration/configuration-api.ts';
import { appUrl, diagnosis, findingsOf, type Surgery, startSurgery } from './patient.ts';

let surgery: Surgery;
beforeAll(async () => {
  surgery = await startSurgery();
});
afterAll(() => surgery.close());

it('a sound deployment has no warning and no problem', async () => {
  const findings = await findingsOf({ config: await surgery.config() });
  expect(findings.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  expect(findings).toHaveLength(14);
});

it('no finding holds a secret', async () => {
  const client = await surgery.appClient();
  const secret = client.ClientSecret ?? '';
  expect(secret.length).toBeGreaterThan(23);
  const config = parseConfig({
    ...environmentFor(surgery.issuer, client.ClientId, appUrl),
    COGNITO_CLIENT_SECRET: secret,
    DATABASE_URL: 'postgres://somebody:hidden-password@127.0.0.1:1/nowhere',
  });
  const text = JSON.stringify(await findingsOf({ config }));
  for (const hidden of [secret, 'hidden-password', ...Object.values(config.sessionSecrets)])
    expect(text).not.toContain(hidden);
});

it('a user pool that does not answer is one problem, and nothing else is asked of it', async () => {
  const config = configurationFor(`http://localhost:${await freePort()}/eu-west-1_Nobody001`, 'client');
  const findings = await findingsOf({ config });
  expect(findings.map(({ check, verdict }) => `${check} ${verdict}`)).toEqual([
    'session secret ok',
    'database ok',
    'user pool problem',
  ]);
  expect(findings.at(-1)?.found).toContain(config.issuer);
});

it('a local pool that is to stand in and is not running is named with its command', async () => {
  const url = `http://localhost:${await freePort()}`;
  const config = parseConfig({ ...environmentFor(`${url}/us-east-1_Cabana001`, 'client') });
  const finding = await diagnosis({ config, localPool: url }, 'user pool');
  expect(finding).toMatchObject({ verdict: 'problem', advice: 'Run `npm run pool`.' });
  expect(finding.found).toContain(url);
});

it('an issuer without a discovery document is a problem', async () => {
  const config = configurationFor(`${surgery.userPool.url}/us-east-1_Missing01`, 'client');
  expect(await diagnosis({ config }, 'issuer')).toMatchObject({
    verdict: 'problem',
    found: expect.stringContaining('status 404'),
  });
});

it('OF-09 a user pool that calls itself something else is a problem', async () => {
  const pool = await startConfigurationApi({ template: 'infra/template.yaml', issuer: 'aws' });
  try {
    const config = configurationFor(`${pool.url}/us-east-1_Cabana001`, 'cabanaweb00000000000000001');
    const finding = await diagnosis({ config }, 'issuer');
    expect(finding.verdict).toBe('problem');
    expect(finding.found).toContain('https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Cabana001');
    expect(finding.advice).toContain('COGNITO_ISSUER');
  } finally {
    await pool.close();
  }
});

it('OF-09 endpoints beside the configured domain are a warning, because a user pool can have two domains', async () => {
  const elsewhere = surgery.issuer.replace('localhost', '127.0.0.1');
  const config = await surgery.config({}, { COGNITO_DOMAIN: elsewhere });
  const finding = await diagnosis({ config }, 'issuer');
  expect(finding.verdict).toBe('warning');
  expect(finding.found).toContain(`${surgery.issuer}/oauth2/authorize`);
  expect(finding.found).toContain(elsewhere);
});

it('a key below 2,048 bits is a problem, named by its kid', async () => {
  const server = await startUserPoolServer();
  try {
    const config = configurationFor(server.issuer, 'client');
    const discovery = { kind: 'answered', status: 200, document: undefined, ahead: 0 } as const;
    server.answers.keys = sendKeys(makeSigningKey('large'), makeSigningKey('small', 1_024));
    const small = await keys.examine({ config, discovery });
    expect(small).toMatchObject({ verdict: 'problem', found: expect.stringMatching(/1 of 2 .* small$/) });
    server.answers.keys = sendKeys(makeSigningKey('large'));
    expect(await keys.examine({ config, discovery })).toMatchObject({ verdict: 'ok' });
    server.answers.keys = sendKeys();
    expect(await keys.examine({ config, discovery })).toMatchObject({ verdict: 'problem' });
  } finally {
    await server.close();
  }
});

it.each([
  [0, 'ok'],
  [8, 'ok'],
  [30, 'warning'],
  [-30, 'warning'],
  [90, 'problem'],
  [-90, 'problem'],
])('a clock that is %i s ahead of the user pool: %s', async (seconds, verdict) => {
  const config = await surgery.config();
  const finding = await diagnosis({ config, now: () => Date.now() + seconds * 1_000 }, 'clock');
  expect(finding.verdict).toBe(verdict);
  if (verdict !== 'ok') expect(finding.found).toMatch(seconds < 0 ? /behind/ : /ahead/);
});

it('an app client that the user pool has never heard of is a problem', async () => {
  const config = configurationFor(surgery.issuer, 'nosuchclient');
  expect(await diagnosis({ config }, 'sign-in')).toMatchObject({
    verdict: 'problem',
    found: expect.stringContaining('nosuchclient (invalid_client)'),
  });
  expect(await diagnosis({ config }, 'app client')).toMatchObject({
    verdict: 'problem',
    found: expect.stringContaining('nosuchclient'),
  });
});

it('a callback URL that is not registered is a problem', async () => {
  const config = await surgery.config({ CallbackURLs: ['https://elsewhere.example/callback'] });
  expect(await diagnosis({ config }, 'sign-in')).toMatchObject({
    verdict: 'problem',
    found: expect.stringContaining(`${appUrl}/api/auth/callback/cognito`),
  });
});

it('a scope that the app client is not allowed is a problem, and the advice names them all', async () => {
  const config = await surgery.config({ AllowedOAuthScopes: ['openid', 'email', 'profile'] });
  expect(await diagnosis({ config }, 'sign-in')).toMatchObject({
    verdict: 'problem',
    advice: 'Allow it openid, email, profile, aws.cognito.signin.user.admin.',
  });
});

it('an app client without the authorization code grant is a problem', async () => {
  const config = await surgery.config({ AllowedOAuthFlows: ['implicit'] });
  expect(await diagnosis({ config }, 'sign-in')).toMatchObject({
    verdict: 'problem',
    found: expect.stringContaining('authorization code grant'),
  });
});

it('an identity provider that people are sent straight on to belongs into SIGN_IN_ORIGINS', async () => {
  const UserPoolId = surgery.issuer.slice(surgery.issuer.lastIndexOf('/') + 1);
  const provider = await startConfigurationApi({ template: 'infra/template.yaml' });
  try {
    await surgery.userPool.api.createIdentityProvider({
      UserPoolId,
      ProviderName: 'Company',
      ProviderType: 'OIDC',
      ProviderDetails: {
        client_id: 'cabana',
        client_secret: 'a-secret-of-the-company',
        attributes_request_method: 'GET',
        oidc_issuer: `${provider.url}/us-east-1_Cabana001`,
        authorize_scopes: 'openid',
      },
    });
    const settings = { SupportedIdentityProviders: ['Company'] };
    const unnamed = await diagnosis({ config: await surgery.config(settings) }, 'sign-in');
    expect(unnamed).toMatchObject({ verdict: 'warning', found: expect.stringContaining(provider.url) });
    const named = await surgery.config(settings, { SIGN_IN_ORIGINS: provider.url });
    expect(await diagnosis({ config: named }, 'sign-in')).toMatchObject({ verdict: 'ok' });
  } finally {
    await provider.close();
  }
});

it('a wrong client secret is a problem, and a missing one as well', async () => {
  const wrong = await surgery.config({}, { COGNITO_CLIENT_SECRET: 'w'.repeat(40) });
  expect(await diagnosis({ config: wrong }, 'client secret')).toMatchObject({
    verdict: 'problem',
    found: 'the token endpoint refuses it',
  });
  const none = await surgery.config({}, { COGNITO_CLIENT_SECRET: undefined });
  expect(await diagnosis({ config: none }, 'client secret')).toMatchObject({
    verdict: 'problem',
    advice: 'Set COGNITO_CLIENT_SECRET.',
  });
});

it('a public app client needs no secret', async () => {
  const config = await surgery.config({ GenerateSecret: false });
  expect(await diagnosis({ config }, 'client secret')).toMatchObject({ verdict: 'ok' });
});

it('a token endpoint that gives no verdict is said to give none', async () => {
  const config = await surgery.config({}, { COGNITO_DOMAIN: `${surgery.userPool.url}/us-east-1_Missing01` });
  expect(await diagnosis({ config }, 'client secret')).toMatchObject({ verdict: 'skipped' });
  expect(await diagnosis({ config }, 'sign-in')).toMatchObject({ verdict: 'problem' });
});
