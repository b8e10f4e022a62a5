import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { password, startUserPoolApi, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import {
  hasBrowser,
  type PasskeyBrowser,
  type PasskeyPage,
  patience,
  startPasskeyBrowser,
} from './passkey-browser.ts';
import { CLIENT, createPasskeyPool, creationOptions } from './passkey-pool.ts';

const refused = (name: string) => ({ name });
const ended = refused('WebAuthnChallengeNotFoundException');
const fromJson = (text: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Record<string, unknown>;
const toJson = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe.skipIf(!hasBrowser)('what is no passkey for the user (skipped without a browser)', patience, () => {
  let running: UserPoolApi;
  let browser: PasskeyBrowser;
  let page: PasskeyPage;
  let pool: TestPool;
  let AccessToken: string;

  beforeAll(async () => {
    running = await startUserPoolApi();
    browser = await startPasskeyBrowser();
    pool = await createPasskeyPool(running);
    AccessToken = await running.accessToken(pool, 'jane');
  });
  // An authenticator of Chromium's holds three people's passkeys.
  beforeEach(async () => {
    page = await browser.openPage();
  });
  afterAll(async () => {
    await browser.close();
    await running.close();
  });

  const complete = (credential: object, token = AccessToken) =>
    running.api.completeWebAuthnRegistration({ AccessToken: token, Credential: { ...credential } as never });

  const newUser = async (username: string): Promise<string> => {
    await running.createUser(pool.UserPoolId, username);
    return running.accessToken(pool, username);
  };

  it('takes a challenge once, in time, from the user and the client that it was given to', async () => {
    const token = await newUser('once');
    const credential = await page.register(await creationOptions(running, token));
    await expect(complete(credential)).rejects.toMatchObject(ended);
    const { ClientId } = await running.createClient(pool.UserPoolId, {
      ExplicitAuthFlows: [...CLIENT.ExplicitAuthFlows],
    });
    const elsewhere = await running.accessToken({ UserPoolId: pool.UserPoolId, ClientId }, 'once', password);
    await expect(complete(credential, elsewhere)).rejects.toMatchObject(
      refused('WebAuthnClientMismatchException'),
    );
    await complete(credential, token);
    await expect(complete(credential, token)).rejects.toMatchObject(ended);

    const options = { ...(await creationOptions(running, token)), excludeCredentials: [] };
    const late = await page.register(options);
    running.clock.advance(3 * 60_000);
    await expect(complete(late, token)).rejects.toMatchObject(ended);
    const invented = await page.register({ ...options, challenge: 'A'.repeat(128) });
    await expect(complete(invented, token)).rejects.toMatchObject(ended);
  });

  it('refuses a page of another origin, and a passkey for another relying party', async () => {
    const token = await newUser('origin');
    for (const origin of [
      'https://localhost.example',
      'https://example.com',
      'localhost',
      'null',
      'ftp://localhost',
    ]) {
      const options = { ...(await creationOptions(running, token)), excludeCredentials: [] };
      const credential = await page.register(options);
      const clientData = { ...fromJson(credential.response.clientDataJSON), origin };
      const moved = {
        ...credential,
        response: { ...credential.response, clientDataJSON: toJson(clientData) },
      };
      await expect(complete(moved, token)).rejects.toMatchObject(
        refused('WebAuthnOriginNotAllowedException'),
      );
    }
    const below = await browser.openPage({ hostname: 'app.localhost' });
    const options = await creationOptions(running, token);
    const other = await below.register({ ...options, rp: { id: 'app.localhost', name: 'app.localhost' } });
    await expect(complete(other, token)).rejects.toMatchObject(
      refused('WebAuthnRelyingPartyMismatchException'),
    );
  });

  it('refuses what is no credential, or none that the pool can use', async () => {
    const credential = await page.register(await creationOptions(running, AccessToken));
    const garbage = [
      {},
      { ...credential, id: 7 },
      { ...credential, type: 'password' },
      { ...credential, response: null },
      { ...credential, response: { ...credential.response, clientDataJSON: 'AAAA' } },
      { ...credential, response: { ...credential.response, clientDataJSON: toJson(null) } },
      { ...credential, response: { ...credential.response, clientDataJSON: toJson({ challenge: 1 }) } },
    ];
    for (const given of garbage)
      await expect(complete(given)).rejects.toMatchObject(refused('InvalidParameterException'));
    const broken = { ...credential, response: { ...credential.response, attestationObject: 'AAAA' } };
    const unsupported = refused('WebAuthnCredentialNotSupportedException');
    await expect(complete(broken)).rejects.toMatchObject(unsupported);

    const options = await creationOptions(running, AccessToken);
    const edDsa = await page.register({ ...options, pubKeyCredParams: [{ type: 'public-key', alg: -8 }] });
    await expect(complete(edDsa)).rejects.toMatchObject(unsupported);
  });

  it('wants the person verified where the pool does', async () => {
    const strict = await createPasskeyPool(running, {
      WebAuthnConfiguration: { RelyingPartyId: 'localhost', UserVerification: 'required' },
    });
    const token = await running.accessToken(strict, 'jane');
    const options = await creationOptions(running, token);
    expect(options.authenticatorSelection?.userVerification).toBe('required');
    const withoutVerification = await browser.openPage({ hasUserVerification: false });
    const credential = await withoutVerification.register({
      ...options,
      authenticatorSelection: { residentKey: 'discouraged', userVerification: 'discouraged' },
    });
    await expect(complete(credential, token)).rejects.toMatchObject(
      refused('WebAuthnCredentialNotSupportedException'),
    );
  });
});
