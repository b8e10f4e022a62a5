import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startUserPoolApi, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import {
  hasBrowser,
  type PasskeyBrowser,
  type PasskeyPage,
  patience,
  startPasskeyBrowser,
} from './passkey-browser.ts';
import {
  CLIENT,
  createPasskeyPool,
  creationOptions,
  PASSKEYS,
  registerPasskey,
  required,
} from './passkey-pool.ts';

const refused = (name: string) => ({ name });
describe.skipIf(!hasBrowser)('the registration of a passkey (skipped without a browser)', patience, () => {
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
    const ids = [...required(first.Credentials), ...required(second.Credentials)].map(
      (one) => one.CredentialId,
    );
    expect(new Set(ids).size).toBe(20);
    expect(second.NextToken).toBeUndefined();
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
    await expect(creationOptions(running, await running.accessToken(homeless, 'jane'))).rejects.toMatchObject(
      refused('WebAuthnConfigurationMissingException'),
    );
  });
});
