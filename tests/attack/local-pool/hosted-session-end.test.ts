import { createSecretHash } from 'cognito-srp-helper';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startUserPoolApi, type UserPoolApi } from '../../integration/local-pool/api-users/user-pool-api.ts';
import {
  type ChallengePool,
  createChallengePool,
  isSignedIn,
  redirectUri,
} from '../../integration/local-pool/hosted-ui/challenge-pool.ts';
import type { FormBrowser } from '../../integration/local-pool/hosted-ui/form-browser.ts';

let running: UserPoolApi;
let pool: ChallengePool;
let browser: FormBrowser;
let code: string;
let Username = '';
let made = 0;

beforeAll(async () => {
  running = await startUserPoolApi();
  pool = await createChallengePool(running, {
    version: 2,
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
    client: { AllowedOAuthScopes: ['openid', 'aws.cognito.signin.user.admin'] },
  });
});
afterAll(() => running.close());

beforeEach(async () => {
  made += 1;
  Username = `owner${made}`;
  await running.createUser(pool.UserPoolId, Username, {
    email: `${Username}@example.com`,
    email_verified: 'true',
  });
  browser = pool.browse();
  const signedIn = await pool.signIn(browser, Username);
  expect(isSignedIn(signedIn)).toBe(true);
  code = new URL(signedIn.location).searchParams.get('code') ?? '';
});

const user = () => ({ UserPoolId: pool.UserPoolId, Username });
const another = 'Another-demo-2';
const goesOn = async () =>
  (await browser.get(pool.address('oauth2/authorize'))).location.startsWith(redirectUri);
const exchange = async () => {
  const response = await fetch(`${running.url}/${pool.UserPoolId}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: pool.ClientId,
      client_secret: pool.secret ?? '',
      redirect_uri: redirectUri,
      code,
    }),
  });
  return (await response.json()) as { access_token?: string; error?: string };
};

/** A token that may sign its user out. */
async function accessToken(): Promise<string | undefined> {
  const kept = code;
  const scope = 'aws.cognito.signin.user.admin';
  const { location } = await browser.get(pool.address('oauth2/authorize', { scope }));
  code = new URL(location).searchParams.get('code') ?? '';
  const { access_token } = await exchange();
  code = kept;
  return access_token;
}

const losses: [string, () => Promise<unknown>][] = [
  ['an administrator disables the user, and enables them again', disableAndEnable],
  [
    'an administrator sets a password',
    () => running.api.adminSetUserPassword({ ...user(), Password: another, Permanent: true }),
  ],
  [
    'an administrator sets a temporary password',
    () => running.api.adminSetUserPassword({ ...user(), Password: another }),
  ],
  ['an administrator demands a new password', () => running.api.adminResetUserPassword(user())],
  ['the password is reset by code', resetByCode],
  ['an administrator takes the password away', takePasswordAway],
];

async function disableAndEnable() {
  await running.api.adminDisableUser(user());
  await running.api.adminEnableUser(user());
}

async function resetByCode() {
  const name = {
    ClientId: pool.ClientId,
    Username,
    SecretHash: createSecretHash(Username, pool.ClientId, pool.secret ?? ''),
  };
  await running.api.forgotPassword(name);
  const ConfirmationCode = await running.newestCode(pool.UserPoolId, Username, 'forgot');
  await running.api.confirmForgotPassword({ ...name, ConfirmationCode, Password: another });
}

function takePasswordAway() {
  return running.api.adminDisableProviderForUser({
    UserPoolId: pool.UserPoolId,
    User: {
      ProviderName: 'Cognito',
      ProviderAttributeName: 'Cognito_Subject',
      ProviderAttributeValue: Username,
    },
  });
}

describe('LP-10 a sign-in at the pages', () => {
  it('LP-10 stands as long as nothing happens to its user', async () => {
    expect(await goesOn()).toBe(true);
    expect((await browser.get(pool.address('passkeys/add'))).status).toBe(200);
    expect((await exchange()).access_token).toBeTruthy();
  });

  it.each(losses)('LP-10 is over, and its code with it, when %s', async (_, lose) => {
    await lose();
    expect(await goesOn()).toBe(false);
    expect((await browser.get(pool.address('passkeys/add'))).status).toBe(403);
    expect(await exchange()).toEqual({ error: 'invalid_grant' });
  });

  it('LP-10 leaves no code behind a global sign-out; the browser’s session stays, as at Cognito', async () => {
    const AccessToken = await accessToken();
    await running.api.globalSignOut({ AccessToken });
    expect(await exchange()).toEqual({ error: 'invalid_grant' });
    expect(await goesOn()).toBe(true);
  });

  it('LP-10 leaves no code behind an administrator’s global sign-out', async () => {
    await running.api.adminUserGlobalSignOut(user());
    expect(await exchange()).toEqual({ error: 'invalid_grant' });
  });
});
