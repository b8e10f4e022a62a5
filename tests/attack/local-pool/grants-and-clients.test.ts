import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizeParameters,
  clientId,
  type HostedPool,
  redirectUri,
  startHostedPool,
  userPoolId,
} from '../../integration/local-pool/hosted-ui/hosted-pool.ts';
import {
  authorizeAddress,
  basic,
  exchange,
  exchangeForm,
  mobileClientId,
  obtainCode,
  openSignedInBrowser,
  postToken,
  secretOf,
  serviceClientId,
} from './oauth-client.ts';

let pool: HostedPool;
let webSecret: string;
beforeAll(async () => {
  pool = await startHostedPool();
  webSecret = secretOf(pool, clientId);
});
afterAll(() => pool.close());

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

describe('a verifier', () => {
  it.each([43, 128])('LP-05 of %i characters is good', async (length) => {
    const verifier = 'aZ0-._~'.repeat(19).slice(0, length);
    const code = await obtainCode(pool, { code_challenge: challengeOf(verifier) });
    expect((await exchange(pool, code, { code_verifier: verifier })).status).toBe(200);
  });

  it.each([
    ['of 42 characters', 'v'.repeat(42)],
    ['of 129 characters', 'v'.repeat(129)],
    ['with a slash', `${'v'.repeat(42)}/`],
    ['with a plus', `${'v'.repeat(42)}+`],
    ['with padding', `${'v'.repeat(43)}=`],
    ['with a space', `${'v'.repeat(43)} `],
    ['with a line feed', `${'v'.repeat(43)}\n`],
    ['with a letter outside ASCII', `${'v'.repeat(42)}é`],
    ['with a null character', `${'v'.repeat(43)}\0`],
  ])('LP-05 %s is refused even where it fits the challenge', async (_, verifier) => {
    const code = await obtainCode(pool, { code_challenge: challengeOf(verifier) });
    const { status, body } = await exchange(pool, code, { code_verifier: verifier });
    expect([status, body.error]).toEqual([400, 'invalid_request']);
    expect(body.error_description).toMatch(/code_verifier/);
    expect(JSON.stringify(body)).not.toContain('vvvv');
  });
});

describe('grants that are not for this client', () => {
  it('LP-05 the implicit grant is refused by name, in the fragment', async () => {
    const browser = await openSignedInBrowser(pool);
    const { location } = await browser.get(authorizeAddress({ response_type: 'token' }));
    const { origin, search, hash } = new URL(location);
    expect([origin, search]).toEqual(['http://localhost:3000', '']);
    expect(Object.fromEntries(new URLSearchParams(hash.slice(1)))).toEqual({
      error: 'invalid_request',
      error_description: 'unauthorized_client',
      state: 'state-1',
    });
  });

  it.each([
    'code token',
    'code id_token',
    'code id_token token',
    'id_token',
    'id_token token',
    'CODE',
    'none',
  ])('LP-05 response_type "%s" is refused as unsupported_response_type', async (responseType) => {
    const browser = await openSignedInBrowser(pool);
    const { location } = await browser.get(authorizeAddress({ response_type: responseType }));
    expect(location.startsWith(`${redirectUri}?`)).toBe(true);
    expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
      error: 'unsupported_response_type',
      state: 'state-1',
    });
  });

  it.each([
    'password',
    'implicit',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    'urn:ietf:params:oauth:grant-type:device_code',
    'urn:ietf:params:oauth:grant-type:token-exchange',
    'AUTHORIZATION_CODE',
    '__proto__',
    'constructor',
  ])('LP-05 grant_type %s is refused as unsupported_grant_type', async (grantType) => {
    const form = { grant_type: grantType, username: 'ada@example.com', password: 'Cabana-demo-1' };
    const { status, body } = await postToken(pool, new URLSearchParams(form), basic(clientId, webSecret));
    expect({ status, body }).toEqual({ status: 400, body: { error: 'unsupported_grant_type' } });
  });

  it('LP-05 client_credentials of a client without that flow is refused as unauthorized_client', async () => {
    const { status, body } = await postToken(
      pool,
      'grant_type=client_credentials',
      basic(clientId, webSecret),
    );
    expect({ status, body }).toEqual({ status: 400, body: { error: 'unauthorized_client' } });
  });

  it('LP-05 client_credentials of a public client is refused as unauthorized_client', async () => {
    const { status, body } = await postToken(
      pool,
      `grant_type=client_credentials&client_id=${mobileClientId}`,
    );
    expect({ status, body }).toEqual({ status: 400, body: { error: 'unauthorized_client' } });
  });
});

describe('repeated parameters', () => {
  it.each(['grant_type', 'code', 'redirect_uri', 'code_verifier', 'client_id', 'client_secret', 'unknown'])(
    'LP-06 the token endpoint refuses a second %s',
    async (name) => {
      const code = await obtainCode(pool);
      const form = exchangeForm(code, { client_id: clientId, client_secret: webSecret, unknown: 'x' });
      const good = await postToken(pool, `${form}&${name}=${encodeURIComponent(form.get(name) ?? '')}`);
      expect([good.status, good.body.error]).toEqual([400, 'invalid_request']);
      expect((await postToken(pool, form)).status).toBe(200);
    },
  );

  it.each(Object.keys(authorizeParameters).filter((name) => !['client_id', 'redirect_uri'].includes(name)))(
    'LP-06 authorize sends a second %s back as invalid_request',
    async (name) => {
      const browser = await openSignedInBrowser(pool);
      const { location } = await browser.get(`${authorizeAddress()}&${name}=x`);
      expect(location.startsWith(`${redirectUri}?`)).toBe(true);
      const { searchParams } = new URL(location);
      expect([searchParams.get('error'), searchParams.get('code')]).toEqual(['invalid_request', null]);
    },
  );

  it('LP-06 authorize shows an error page for a second client_id', async () => {
    const browser = await openSignedInBrowser(pool);
    const { location } = await browser.get(`${authorizeAddress()}&client_id=${mobileClientId}`);
    expect(new URL(location).pathname).toBe(`/${userPoolId}/error`);
  });
});

describe('client authentication', () => {
  const invalidClient = { status: 400, body: { error: 'invalid_client' } };
  const wrongSecret = {
    status: 400,
    body: { error: 'invalid_client', error_description: 'invalid_client_secret' },
  };

  async function attempt(changes: Record<string, string | undefined>, headers: Record<string, string> = {}) {
    const code = await obtainCode(pool);
    const { status, body } = await postToken(pool, exchangeForm(code, changes), headers);
    return { status, body };
  }

  it('LP-06 no client at all is invalid_request', async () => {
    expect(await attempt({})).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('LP-06 an unknown client is invalid_client, in the body and by Basic alike', async () => {
    const unknown = 'a'.repeat(26);
    expect(await attempt({ client_id: unknown })).toEqual(invalidClient);
    expect(await attempt({ client_id: unknown, client_secret: webSecret })).toEqual(invalidClient);
    expect(await attempt({}, basic(unknown, webSecret))).toEqual(invalidClient);
  });

  it.each(['__proto__', 'constructor', '../x', "' OR 1=1 --"])(
    'LP-06 a client named %s is invalid_client',
    async (name) => {
      expect(await attempt({ client_id: name })).toEqual(invalidClient);
    },
  );

  it('LP-06 an unknown client gets an error page from authorize, never a redirect', async () => {
    const browser = await openSignedInBrowser(pool);
    const { location } = await browser.get(authorizeAddress({ client_id: 'a'.repeat(26) }));
    expect(new URL(location).pathname).toBe(`/${userPoolId}/error`);
    expect((await browser.get(location)).status).toBe(400);
  });

  it('LP-06 a wrong secret is invalid_client', async () => {
    const almost = `${webSecret.slice(0, -1)}x`;
    for (const secret of [almost, webSecret.toUpperCase(), webSecret.slice(0, -1), `${webSecret}1`, 'x']) {
      expect(await attempt({ client_id: clientId, client_secret: secret })).toEqual(wrongSecret);
      expect(await attempt({}, basic(clientId, secret))).toEqual(wrongSecret);
    }
  });

  it('LP-06 a missing or empty secret of a confidential client is invalid_client', async () => {
    expect(await attempt({ client_id: clientId })).toEqual(wrongSecret);
    expect(await attempt({ client_id: clientId, client_secret: '' })).toEqual(wrongSecret);
    expect(await attempt({}, basic(clientId, ''))).toEqual(wrongSecret);
  });

  it('LP-06 the secret of another client is invalid_client', async () => {
    const secret = secretOf(pool, serviceClientId);
    expect(await attempt({ client_id: clientId, client_secret: secret })).toEqual(wrongSecret);
  });

  it('LP-06 two ways to authenticate are invalid_request, even where both are right', async () => {
    const both = await attempt({ client_id: clientId, client_secret: webSecret }, basic(clientId, webSecret));
    expect(both).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('LP-06 Basic with another client_id in the body is invalid_client', async () => {
    const mixed = await attempt({ client_id: mobileClientId }, basic(clientId, webSecret));
    expect(mixed).toEqual(invalidClient);
  });

  it('LP-06 Basic with the same client_id in the body is good, as on Cognito', async () => {
    expect((await attempt({ client_id: clientId }, basic(clientId, webSecret))).status).toBe(200);
  });

  it('LP-06 a secret for a public client is invalid_client', async () => {
    expect(await attempt({ client_id: mobileClientId, client_secret: 'x' })).toEqual(wrongSecret);
    expect(await attempt({}, basic(mobileClientId, 'x'))).toEqual(wrongSecret);
    expect(await attempt({}, basic(mobileClientId, ''))).toEqual(wrongSecret);
  });

  it.each([
    ['another scheme', 'Bearer abc'],
    ['Basic without credentials', 'Basic'],
    ['Basic without a colon', `Basic ${Buffer.from(clientId).toString('base64')}`],
    ['Basic that is not base64', 'Basic %%%'],
    ['Basic with a broken percent sign', `Basic ${Buffer.from('%zz:%zz').toString('base64')}`],
  ])('LP-06 %s in Authorization is invalid_client', async (_, authorization) => {
    expect(await attempt({ client_id: mobileClientId }, { authorization })).toEqual(invalidClient);
  });

  it('LP-06 no refusal of the token endpoint is kept by a cache', async () => {
    const { headers } = await postToken(pool, 'grant_type=password');
    expect(headers.get('cache-control')).toContain('no-store');
  });

  it('LP-06 a JSON body is invalid_request', async () => {
    const { status, body } = await postToken(pool, '{"grant_type":"refresh_token"}', {
      'content-type': 'application/json',
    });
    expect([status, body.error]).toEqual([400, 'invalid_request']);
  });
});
