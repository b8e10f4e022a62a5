import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  functionArn,
  lambdaConfig,
  softwareCode,
  startAuthApi,
  type TestPool,
} from '../api-auth/auth-api.ts';
import { ada, totp } from '../api-auth/mfa-pool.ts';
import { loa, setUpApp, tells, told } from './methods-pool.ts';

let auth: AuthApi;
let pool: TestPool;
let secret: string;

beforeAll(async () => {
  auth = await startAuthApi();
  pool = await auth.createPool(
    {
      ...tells,
      LambdaConfig: {
        ...lambdaConfig('PreTokenGeneration'),
        PreTokenGenerationConfig: {
          LambdaVersion: 'V2_0',
          LambdaArn: functionArn('PreTokenGeneration'),
        },
      },
    },
    {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    },
  );
  const { UserPoolId } = pool;
  await auth.api.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: 'OPTIONAL', ...totp });
  await auth.createUser(UserPoolId, 'ada', ada);
  await auth.createUser(UserPoolId, 'eve', { email: 'eve@example.com' });
  secret = await setUpApp(auth, pool, 'ada');
});
beforeEach(() => auth.resetTriggers());
afterAll(() => auth.close());

async function signInWithApp() {
  const asked = await auth.signIn(pool, 'ada');
  const SOFTWARE_TOKEN_MFA_CODE = softwareCode(secret, auth.clock.now());
  auth.clock.advance(30_000);
  return auth.answer(pool, asked, { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE });
}

/** What the tokens of a refresh tell. */
async function toldByRefresh({ AuthenticationResult }: Answer) {
  const answer = await auth.api.initiateAuth({
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: pool.ClientId,
    AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
  });
  return told(answer);
}

describe('how somebody signed in', () => {
  it('is told by every token of the sign-in, and of that sign-in alone', async () => {
    const strong = await signInWithApp();
    await auth.api.setUserMFAPreference({
      AccessToken: strong.AuthenticationResult?.AccessToken,
      SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false },
    });
    const weak = await auth.signIn(pool, 'ada');
    auth.clock.advance(3_600_000);
    expect(await toldByRefresh(strong)).toEqual({ acr: loa(4), amr: ['pwd', 'otp', 'mfa'] });
    expect(await toldByRefresh(weak)).toEqual({ acr: loa(1), amr: ['pwd'] });
  });

  it('survives rotation and GetTokensFromRefreshToken', async () => {
    const rotating = await auth.createClient(pool.UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    });
    let { AuthenticationResult } = await auth.signIn(rotating, 'eve');
    for (let count = 0; count < 2; count += 1) {
      const refreshed = await auth.api.getTokensFromRefreshToken({
        ClientId: rotating.ClientId,
        RefreshToken: AuthenticationResult?.RefreshToken,
      });
      expect(told({ ...refreshed, ChallengeParameters: {} })).toEqual({ acr: loa(1), amr: ['pwd'] });
      ({ AuthenticationResult } = refreshed);
    }
  });

  it('cannot be changed by a pre token generation trigger', async () => {
    const forged = {
      claimsToAddOrOverride: { amr: ['pwd', 'otp', 'mfa'], acr: loa(4), plan: 'gold' },
      claimsToSuppress: [],
    };
    auth.on('PreTokenGeneration', () => ({
      claimsAndScopeOverrideDetails: { idTokenGeneration: forged, accessTokenGeneration: forged },
    }));
    expect(told(await auth.signIn(pool, 'eve'))).toEqual({ acr: loa(1), amr: ['pwd'] });
    const hidden = { claimsToSuppress: ['amr', 'acr'] };
    auth.on('PreTokenGeneration', () => ({
      claimsAndScopeOverrideDetails: { idTokenGeneration: hidden, accessTokenGeneration: hidden },
    }));
    expect(told(await auth.signIn(pool, 'eve'))).toEqual({ acr: loa(1), amr: ['pwd'] });
  });
});
