import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUserPoolApi, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import {
  hasBrowser,
  type PasskeyBrowser,
  type PasskeyPage,
  patience,
  startPasskeyBrowser,
} from './passkey-browser.ts';
import { askForPasskey, createPasskeyPool, registerPasskey, required } from './passkey-pool.ts';

const wrong = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const spent = {
  name: 'NotAuthorizedException',
  message: 'Invalid session for the user, session can only be used once.',
};

describe.skipIf(!hasBrowser)('a sign-in with a passkey (skipped without a browser)', patience, () => {
  let running: UserPoolApi;
  let browser: PasskeyBrowser;
  let page: PasskeyPage;
  let pool: TestPool;
  let credentialId: string;

  beforeAll(async () => {
    running = await startUserPoolApi();
    browser = await startPasskeyBrowser();
    page = await browser.openPage();
    pool = await createPasskeyPool(running);
    credentialId = await registerPasskey(running, page, await running.accessToken(pool, 'jane'));
  });
  afterAll(async () => {
    await browser.close();
    await running.close();
  });

  it('asks for one of the user’s passkeys and ends in tokens', async () => {
    const { asked, options, answer } = await askForPasskey(running, pool);
    expect(asked.ChallengeName).toBe('WEB_AUTHN');
    expect(asked.AvailableChallenges).toContain('WEB_AUTHN');
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      timeout: 180_000,
      rpId: 'localhost',
      allowCredentials: [{ type: 'public-key', id: credentialId, transports: ['internal'] }],
      userVerification: 'preferred',
    });
    const { AuthenticationResult } = await answer(await page.authenticate(options));
    expect(decodeJwt(required(AuthenticationResult?.AccessToken)).username).toBe('jane');
    expect(AuthenticationResult?.RefreshToken).toBeTypeOf('string');
  });

  it('can be chosen, but only by someone who has one', async () => {
    const { api } = running;
    await running.createUser(pool.UserPoolId, 'paul');
    const begin = (USERNAME: string) =>
      api.initiateAuth({ AuthFlow: 'USER_AUTH', ClientId: pool.ClientId, AuthParameters: { USERNAME } });
    const choice = await begin('jane');
    expect(choice.ChallengeName).toBe('SELECT_CHALLENGE');
    const asked = await api.respondToAuthChallenge({
      ClientId: pool.ClientId,
      ChallengeName: 'SELECT_CHALLENGE',
      Session: choice.Session,
      ChallengeResponses: { USERNAME: 'jane', ANSWER: 'WEB_AUTHN' },
    });
    const options = JSON.parse(required(asked.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS));
    const { AuthenticationResult } = await api.respondToAuthChallenge({
      ClientId: pool.ClientId,
      ChallengeName: 'WEB_AUTHN',
      Session: asked.Session,
      ChallengeResponses: { USERNAME: 'jane', CREDENTIAL: JSON.stringify(await page.authenticate(options)) },
    });
    expect(AuthenticationResult?.AccessToken).toBeTypeOf('string');
    expect((await begin('paul')).AvailableChallenges).not.toContain('WEB_AUTHN');
  });

  it('takes a challenge once, whether the answer was right or wrong', async () => {
    const first = await askForPasskey(running, pool);
    const assertion = await page.authenticate(first.options);
    const answers = await Promise.allSettled([first.answer(assertion), first.answer(assertion)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const second = await askForPasskey(running, pool);
    await expect(second.answer(assertion)).rejects.toMatchObject(wrong);
    await expect(second.answer(await page.authenticate(second.options))).rejects.toMatchObject(spent);
  });

  it('refuses an answer to another challenge that waits', async () => {
    const first = await askForPasskey(running, pool);
    const second = await askForPasskey(running, pool);
    const assertion = await page.authenticate(first.options);
    await expect(second.answer(assertion)).rejects.toMatchObject(wrong);
    expect((await first.answer(assertion)).AuthenticationResult).toBeDefined();
  });

  it('refuses a signature that was tampered with, and leaves garbage unjudged', async () => {
    const { options, answer } = await askForPasskey(running, pool);
    const assertion = await page.authenticate(options);
    for (const garbage of ['garbage', 'null', '{}', JSON.stringify({ ...assertion, response: {} })])
      await expect(answer(garbage)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const signature = Buffer.from(assertion.response.signature, 'base64url');
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    const response = { ...assertion.response, signature: signature.toString('base64url') };
    await expect(answer({ ...assertion, response })).rejects.toMatchObject(wrong);
    await expect(answer(assertion)).rejects.toMatchObject(spent);
  });

  it('refuses the passkey of somebody else', async () => {
    await running.createUser(pool.UserPoolId, 'eve');
    const evesPage = await browser.openPage();
    await registerPasskey(running, evesPage, await running.accessToken(pool, 'eve'));
    const janes = await askForPasskey(running, pool);
    const assertion = await evesPage.authenticate({ ...janes.options, allowCredentials: [] });
    await expect(janes.answer(assertion)).rejects.toMatchObject(wrong);
    const again = await askForPasskey(running, pool);
    const evesAssertion = await evesPage.authenticate({ ...again.options, allowCredentials: [] });
    await expect(again.answer(evesAssertion, 'eve')).rejects.toMatchObject({
      message: 'Invalid session for the user.',
    });
  });

  it('refuses a passkey whose signature counter has gone back: there is a copy of it', async () => {
    await running.createUser(pool.UserPoolId, 'carl');
    const carlsPage = await browser.openPage();
    await registerPasskey(running, carlsPage, await running.accessToken(pool, 'carl'));
    const [copied] = await carlsPage.credentials();
    for (let count = 0; count < 2; count += 1) {
      const { options, answer } = await askForPasskey(running, pool, 'carl');
      expect((await answer(await carlsPage.authenticate(options))).AuthenticationResult).toBeDefined();
    }
    await carlsPage.restore(required(copied));
    const { options, answer } = await askForPasskey(running, pool, 'carl');
    await expect(answer(await carlsPage.authenticate(options))).rejects.toMatchObject(wrong);
  });

  it('refuses a passkey that is deleted, and a user who is disabled, in the middle of it', async () => {
    await running.createUser(pool.UserPoolId, 'dora');
    const dorasPage = await browser.openPage();
    const AccessToken = await running.accessToken(pool, 'dora');
    const CredentialId = await registerPasskey(running, dorasPage, AccessToken);
    const disabled = await askForPasskey(running, pool, 'dora');
    const user = { UserPoolId: pool.UserPoolId, Username: 'dora' };
    await running.api.adminDisableUser(user);
    const refusedAssertion = await dorasPage.authenticate(disabled.options);
    await expect(disabled.answer(refusedAssertion)).rejects.toMatchObject({ message: 'User is disabled.' });
    await running.api.adminEnableUser(user);
    const deleted = await askForPasskey(running, pool, 'dora');
    const assertion = await dorasPage.authenticate(deleted.options);
    const fresh = await running.accessToken(pool, 'dora');
    await running.api.deleteWebAuthnCredential({ AccessToken: fresh, CredentialId });
    await expect(deleted.answer(assertion)).rejects.toMatchObject(wrong);
  });

  it('is both factors at once where the pool and the user want it, if the person was verified', async () => {
    const mfa = await createPasskeyPool(running, {
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration: {
        RelyingPartyId: 'localhost',
        UserVerification: 'preferred',
        FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      },
    });
    const AccessToken = await running.accessToken(mfa, 'jane');
    const own = await browser.openPage();
    await registerPasskey(running, own, AccessToken);
    await running.api.setUserMFAPreference({ AccessToken, WebAuthnMfaSettings: { Enabled: true } });

    const unverified = await askForPasskey(running, mfa);
    expect(unverified.options.userVerification).toBe('required');
    await own.setUserVerified(false);
    const weak = await own.authenticate({ ...unverified.options, userVerification: 'discouraged' });
    await own.setUserVerified(true);
    await expect(unverified.answer(weak)).rejects.toMatchObject(wrong);

    const { options, answer } = await askForPasskey(running, mfa);
    const { AuthenticationResult } = await answer(await own.authenticate(options));
    expect(AuthenticationResult?.AccessToken).toBeTypeOf('string');
  });
});
