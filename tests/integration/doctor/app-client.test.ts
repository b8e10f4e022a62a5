import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../../scripts/doctor/finding.ts';
import { appUrl, diagnosis, findingsOf, type Surgery, soundSettings, startSurgery } from './patient.ts';

let surgery: Surgery;
beforeAll(async () => {
  surgery = await startSurgery();
});
afterAll(() => surgery.close());

const { RefreshTokenRotation, ...withoutRotation } = soundSettings;
const noRotation = { RefreshTokenRotation: undefined };
const grace = (seconds: number) => ({
  RefreshTokenRotation: { ...RefreshTokenRotation, RetryGracePeriodSeconds: seconds },
});

it.each<[string, Parameters<Surgery['appClient']>[0], Verdict, RegExp]>([
  ['refresh token rotation', grace(60), 'ok', /grace of 60 s/],
  ['refresh token rotation', grace(10), 'ok', /grace of 10 s/],
  ['refresh token rotation', grace(9), 'warning', /grace of 9 s: of parallel requests/],
  ['refresh token rotation', grace(0), 'warning', /grace of 0 s/],
  ['refresh token rotation', noRotation, 'ok', /^off: .* client secret$/],
  ['refresh token rotation', { ...noRotation, GenerateSecret: false }, 'warning', /no secret/],
  ['token revocation', {}, 'ok', /^on$/],
  ['token revocation', { EnableTokenRevocation: false }, 'problem', /origin_jti/],
  ['refresh token validity', { RefreshTokenValidity: 30 }, 'ok', /^30 days/],
  ['refresh token validity', { RefreshTokenValidity: 29 }, 'warning', /^29 days, and SESSION_DAYS is 30/],
  [
    'refresh token validity',
    { RefreshTokenValidity: 90, TokenValidityUnits: { RefreshToken: 'minutes' } },
    'warning',
    /^90 minutes/,
  ],
  ['access token validity', {}, 'ok', /^60 minutes/],
  [
    'access token validity',
    { AccessTokenValidity: 5, TokenValidityUnits: { AccessToken: 'minutes' } },
    'ok',
    /^5 minutes/,
  ],
  ['access token validity', { AccessTokenValidity: 8 }, 'warning', /^8 hours/],
  ['user existence', {}, 'ok', /a stranger does not learn/],
  ['user existence', { PreventUserExistenceErrors: 'LEGACY' }, 'warning', /whether an account exists/],
  ['registered URLs', {}, 'ok', /callback and sign-out/],
  ['registered URLs', { LogoutURLs: [`${appUrl}/signed-out`] }, 'problem', /sign-out URL http:.*:3000\/$/],
  ['registered URLs', { CallbackURLs: [`${appUrl}/callback`] }, 'problem', /the callback URL .*cognito$/],
  ['gating attributes', {}, 'ok', /custom:plan/],
  ['gating attributes', { WriteAttributes: ['name', 'custom:plan'] }, 'problem', /custom:plan through/],
  ['gating attributes', { WriteAttributes: undefined }, 'problem', /custom:plan through/],
])('%s with %j: %s', async (check, settings, verdict, found) => {
  const finding = await diagnosis({ config: await surgery.config(settings) }, check);
  expect(finding.verdict).toBe(verdict);
  expect(finding.found).toMatch(found);
  expect(finding.advice === undefined).toBe(verdict === 'ok');
});

describe('the app clients of the API', () => {
  const withApiClient = async (settings: Parameters<Surgery['appClient']>[0]) => {
    const { ClientId } = await surgery.appClient(settings);
    return { ClientId, config: await surgery.config({}, { COGNITO_API_CLIENT_IDS: ClientId }) };
  };

  it('count where people could write a gating attribute through them', async () => {
    const { ClientId, config } = await withApiClient({ WriteAttributes: ['custom:plan'] });
    const finding = await diagnosis({ config }, 'gating attributes');
    expect(finding.verdict).toBe('problem');
    expect(finding.found).toContain(`custom:plan through ${ClientId}`);
  });

  it('count for revocation', async () => {
    const { ClientId, config } = await withApiClient({ EnableTokenRevocation: false });
    const finding = await diagnosis({ config }, 'token revocation');
    expect(finding.verdict).toBe('problem');
    expect(finding.found).toContain(ClientId);
    expect(finding.found).not.toContain(config.clientId);
  });

  it('may be machines, which write no attributes', async () => {
    const { config } = await withApiClient({
      ...withoutRotation,
      ...noRotation,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: undefined,
      WriteAttributes: undefined,
    });
    expect((await findingsOf({ config })).filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  });

  it('have to exist', async () => {
    const config = await surgery.config({}, { COGNITO_API_CLIENT_IDS: 'mobilewithatypo' });
    expect(await diagnosis({ config }, 'app client')).toMatchObject({
      verdict: 'problem',
      found: expect.stringContaining('mobilewithatypo'),
    });
    expect(await diagnosis({ config }, 'token revocation')).toMatchObject({ verdict: 'ok' });
  });
});

describe('without AWS credentials', () => {
  beforeEach(() => {
    for (const name of Object.keys(process.env).filter((key) => key.startsWith('AWS_')))
      vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials');
  });
  afterEach(() => vi.unstubAllEnvs());

  it('the settings of the app client are skipped, with the reason', async () => {
    const findings = await findingsOf({ config: await surgery.config(), credentials: undefined });
    expect(findings.at(-1)).toEqual({
      check: 'app client',
      verdict: 'skipped',
      found: 'its settings were not looked at: there are no AWS credentials here',
    });
    expect(findings.filter(({ verdict }) => verdict === 'ok')).toHaveLength(7);
  });

  it('the default chain of the SDK is asked', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    const deployment = { config: await surgery.config(), credentials: undefined };
    expect(await diagnosis(deployment, 'token revocation')).toMatchObject({ verdict: 'ok' });
  });
});
