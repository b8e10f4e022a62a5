import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startUserPoolApi, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { hasBrowser, type PasskeyBrowser, type PasskeyPage, startPasskeyBrowser } from './passkey-browser.ts';
import { CLIENT, creationOptions, createPasskeyPool, PASSKEYS, registerPasskey, required } from './passkey-pool.ts';

const refused = (name: string) => ({ name });
const ended = refused('WebAuthnChallengeNotFoundException');
const fromJson = (text: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Record<string, unknown>;
const toJson = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe.skipIf(!hasBrowser)('the registration of a passkey (skipped without a browser)', () => {
  let running: UserPoolApi;
  let browser: PasskeyBrowser;
  let page: PasskeyPage;
  let pool: TestPool;
  let AccessToken: string;

  beforeAll(async () => {
    running = await startUserPoolApi();
    browser = await startPasskeyBrowser();
    page = await browser.openPage();
    pool = await createPasskeyPool(running);
    AccessToken = await running.accessToken(pool, 'jane');
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

  it('tells a browser what Cognito tells it', async () => {
    const { sub } = running.pool.store
      .sql('SELECT sub FROM users WHERE user_pool_id = ? AND username = ?')
      .get(pool.UserPoolId, 'jane') as { sub: string };
    expect(await creationOptions(running, AccessToken)).toEqual({
      rp: { id: 'localhost', name: 'localhost' },
      user: { id: Buffer.from(sub).toString('base64url'), name: 'jane', displayName: 'jane' },
      challenge: expect.stringMatching(/^[\w-]{43,}$/),
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
      timeout: 60_000,
      excludeCredentials: [],
      authenticatorSelection: {
        requireResidentKey: true,
        residentKey: 'required',
        userVerification: 'preferred',
      },
    });
  });

  it('ends with a passkey that is listed, excluded from the next registration, and deleted', async () => {
    const token = await newUser('list');
    const CredentialId = await registerPasskey(running, page, token);
    const { Credentials } = await running.api.listWebAuthnCredentials({ AccessToken: token });
    expect(Credentials).toEqual([
      {
        CredentialId,
        FriendlyCredentialName: 'Passkey',
        RelyingPartyId: 'localhost',
        AuthenticatorAttachment: 'platform',
        AuthenticatorTransports: ['internal'],
        CreatedAt: new Date(running.clock.now()),
      },
    ]);
    const again = await creationOptions(running, token);
    expect(again.excludeCredentials?.map(({ id }) => id)).toEqual([CredentialId]);
    await expect(page.register(again)).rejects.toThrow('InvalidStateError');
    await running.api.deleteWebAuthnCredential({ AccessToken: token, CredentialId });
    expect((await running.api.listWebAuthnCredentials({ AccessToken: token })).Credentials).toEqual([]);
    await expect(
      running.api.deleteWebAuthnCredential({ AccessToken: token, CredentialId }),
    ).rejects.toMatchObject(refused('ResourceNotFoundException'));
  });

  it('counts for its own user alone', async () => {
    const [mine, theirs] = [await newUser('mine'), await newUser('theirs')];
    const CredentialId = await registerPasskey(running, page, mine);
    expect((await running.api.listWebAuthnCredentials({ AccessToken: theirs })).Credentials).toEqual([]);
    await expect(
      running.api.deleteWebAuthnCredential({ AccessToken: theirs, CredentialId }),
    ).rejects.toMatchObject(refused('ResourceNotFoundException'));
    expect((await running.api.listWebAuthnCredentials({ AccessToken: mine })).Credentials).toHaveLength(1);
  });

  it('takes a challenge once, in time, from the user and the client that it was given to', async () => {
    const token = await newUser('once');
    const credential = await page.register(await creationOptions(running, token));
    await expect(complete(credential)).rejects.toMatchObject(ended);
    const { ClientId } = await running.createClient(pool.UserPoolId, {
      ExplicitAuthFlows: [...CLIENT.ExplicitAuthFlows],
    });
    const elsewhere = await running.accessToken({ UserPoolId: pool.UserPoolId, ClientId }, 'once', password);
    await expect(complete(credential, elsewhere)).rejects.toMatchObject(refused('WebAuthnClientMismatchException'));
    await complete(credential, token);
    await expect(complete(credential, token)).rejects.toMatchObject(ended);

    const options = { ...(await creationOptions(running, token)), excludeCredentials: [] };
    const late = await page.register(options);
    running.clock.advance(3 * 60_000);
    await expect(complete(late, token)).rejects.toMatchObject(ended);
    const invented = await page.register({ ...options, challenge: 'A'.repeat(128) });
    await expect(complete(invented, token)).rejects.toMatchObject(ended);
  });

  it('refuses a page of another origin, and takes one below the relying party ID', async () => {
    const token = await newUser('origin');
    for (const origin of ['https://localhost.example', 'https://example.com', 'localhost', 'null', 'ftp://localhost']) {
      const options = { ...(await creationOptions(running, token)), excludeCredentials: [] };
      const credential = await page.register(options);
      const clientData = { ...fromJson(credential.response.clientDataJSON), origin };
      const moved = { ...credential, response: { ...credential.response, clientDataJSON: toJson(clientData) } };
      await expect(complete(moved, token)).rejects.toMatchObject(refused('WebAuthnOriginNotAllowedException'));
    }
    const below = await browser.openPage('app.localhost');
    const options = await creationOptions(running, token);
    const other = await below.register({ ...options, rp: { id: 'app.localhost', name: 'app.localhost' } });
    await expect(complete(other, token)).rejects.toMatchObject(refused('WebAuthnRelyingPartyMismatchException'));
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

  it('stops at twenty passkeys', async () => {
    const token = await newUser('many');
    for (let count = 0; count < 20; count += 1) {
      const options = { ...(await creationOptions(running, token)), excludeCredentials: [] };
      await complete(await page.register(options), token);
    }
    await expect(creationOptions(running, token)).rejects.toMatchObject(refused('LimitExceededException'));
    const first = await running.api.listWebAuthnCredentials({ AccessToken: token, MaxResults: 15 });
    const second = await running.api.listWebAuthnCredentials({
      AccessToken: token,
      MaxResults: 15,
      NextToken: first.NextToken,
    });
    const ids = [...required(first.Credentials), ...required(second.Credentials)].map((one) => one.CredentialId);
    expect(new Set(ids).size).toBe(20);
    expect(second.NextToken).toBeUndefined();
  });

  it('wants the person verified where the pool does', async () => {
    const strict = await createPasskeyPool(running, {
      WebAuthnConfiguration: { RelyingPartyId: 'localhost', UserVerification: 'required' },
    });
    const token = await running.accessToken(strict, 'jane');
    const options = await creationOptions(running, token);
    expect(options.authenticatorSelection?.userVerification).toBe('required');
    await page.setUserVerified(false);
    const authenticatorSelection = { ...options.authenticatorSelection, userVerification: 'discouraged' as const };
    const credential = await page.register({ ...options, authenticatorSelection });
    await page.setUserVerified(true);
    await expect(complete(credential, token)).rejects.toMatchObject(
      refused('WebAuthnCredentialNotSupportedException'),
    );
  });

  it('is not there in a pool without passkeys, nor in one without a relying party', async () => {
    const plain = await running.createPool();
    await running.createUser(plain.UserPoolId, 'jane');
    const token = await running.accessToken(plain, 'jane');
    const disabled = refused('WebAuthnNotEnabledException');
    await expect(creationOptions(running, token)).rejects.toMatchObject(disabled);
    await expect(complete({}, token)).rejects.toMatchObject(disabled);

    const homeless = await running.createPool(PASSKEYS, { ExplicitAuthFlows: [...CLIENT.ExplicitAuthFlows] });
    await running.createUser(homeless.UserPoolId, 'jane');
    await expect(
      creationOptions(running, await running.accessToken(homeless, 'jane')),
    ).rejects.toMatchObject(refused('WebAuthnConfigurationMissingException'));
  });
});
