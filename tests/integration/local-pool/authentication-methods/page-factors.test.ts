import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AuthApi, softwareCode, startAuthApi } from '../api-auth/auth-api.ts';
import { type ChallengePool, createChallengePool, shownSecret } from '../hosted-ui/challenge-pool.ts';
import type { FormBrowser, Page } from '../hosted-ui/form-browser.ts';
import { loa, tells, toldBy } from './methods-pool.ts';

let running: AuthApi;
let browser: FormBrowser;

beforeAll(async () => {
  running = await startAuthApi();
});
beforeEach(() => running.resetTriggers());
afterAll(() => running.close());

/** The access token in the address that the implicit grant ends with. */
const tokenOf = ({ location }: Page) =>
  new URLSearchParams(new URL(location).hash.slice(1)).get('access_token') ?? '';

const implicit = { AllowedOAuthFlows: ['implicit' as const] };
const jane = { email: 'jane@example.com', phone_number: '+12065550100' };

async function openPool(settings: Parameters<typeof createChallengePool>[1]): Promise<ChallengePool> {
  const pool = await createChallengePool(running, {
    ...settings,
    pool: { ...tells, ...settings?.pool },
    client: { ...implicit, ...settings?.client },
  });
  await running.createUser(pool.UserPoolId, 'jane', jane);
  browser = pool.browse();
  return pool;
}

const implicitly = { response_type: 'token' };

/** Sends the sign-in form of a request for tokens in the address. */
async function signIn(pool: ChallengePool, typed: Record<string, string>): Promise<Page> {
  const form = await browser.get(pool.address('login', implicitly));
  const answer = await browser.submit(form, 'login', { username: 'jane', ...typed });
  return new URL(answer.location).pathname.endsWith('/challenge') ? browser.get(answer.location) : answer;
}

const password = 'Cabana-demo-1';

it('a code by mail as second factor counts, in the tokens of the implicit grant too', async () => {
  const pool = await openPool({ mfa: { MfaConfiguration: 'ON', EmailMfaConfiguration: {} } });
  const page = await signIn(pool, { password });
  const code = await running.newestCode(pool.UserPoolId, 'jane', 'email');
  const done = await browser.submit(page, 'challenge', { code });
  expect(toldBy(tokenOf(done))).toEqual({ acr: loa(3), amr: ['pwd', 'email_otp', 'mfa'] });
});

it('an app that is set up at the page counts', async () => {
  const pool = await openPool({
    mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
  });
  const page = await signIn(pool, { password });
  const code = softwareCode(shownSecret(page), running.clock.now());
  const done = await browser.submit(page, 'challenge', { code });
  expect(toldBy(tokenOf(done))).toEqual({ acr: loa(4), amr: ['pwd', 'otp', 'mfa'] });
});

it('a code by SMS in the place of a password is of the second level', async () => {
  const AllowedFirstAuthFactors = ['PASSWORD' as const, 'SMS_OTP' as const];
  const pool = await openPool({
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors } } },
    client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
  });
  const choice = await signIn(pool, {});
  const asked = await browser.submit(choice, 'challenge', { answer: 'SMS_OTP' });
  const code = await running.newestCode(pool.UserPoolId, 'jane', 'sms');
  const done = await browser.submit(await browser.get(asked.location), 'challenge', { code });
  expect(toldBy(tokenOf(done))).toEqual({ acr: loa(2), amr: ['sms'] });
});

it('whoever proved a code by mail and had to confirm the account first did not give a password', async () => {
  const AllowedFirstAuthFactors = ['PASSWORD' as const, 'EMAIL_OTP' as const];
  const pool = await openPool({
    pool: {
      AutoVerifiedAttributes: ['email'],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
    },
    client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH'], GenerateSecret: false },
  });
  const { ClientId, UserPoolId } = pool;
  await running.api.signUp({
    ClientId,
    Username: 'paul',
    Password: password,
    UserAttributes: [{ Name: 'email', Value: 'paul@example.com' }],
  });
  const confirmation = await running.newestCode(UserPoolId, 'paul', 'signUp');
  const form = await browser.get(pool.address('login', implicitly));
  const choice = await browser.submit(form, 'login', { username: 'paul' });
  const byMail = await browser.submit(await browser.get(choice.location), 'challenge', {
    answer: 'EMAIL_OTP',
  });
  const code = await running.newestCode(UserPoolId, 'paul', 'email');
  const confirm = await browser.submit(await browser.get(byMail.location), 'challenge', { code });
  expect(new URL(confirm.location).pathname).toBe(`/${UserPoolId}/confirmUser`);
  const done = await browser.submit(await browser.get(confirm.location), 'confirmUser', {
    code: confirmation,
  });
  expect(toldBy(tokenOf(done))).toEqual({ acr: loa(2), amr: ['email_otp'] });
});
