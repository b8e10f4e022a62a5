import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  clientId,
  type HostedPool,
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
  type TokenAnswer,
} from './oauth-client.ts';

let pool: HostedPool;
beforeAll(async () => {
  pool = await startHostedPool();
});
afterAll(() => pool.close());

const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };
const outcome = ({ status, body }: TokenAnswer) => ({ status, body });

async function userInfoStatus(tokens: TokenAnswer): Promise<number> {
  const response = await fetch(`${pool.url}/${userPoolId}/oauth2/userInfo`, {
    headers: { authorization: `Bearer ${tokens.body.access_token}` },
  });
  return response.status;
}

function refresh(tokens: TokenAnswer): Promise<TokenAnswer> {
  const form = { grant_type: 'refresh_token', refresh_token: String(tokens.body.refresh_token) };
  return postToken(pool, new URLSearchParams(form), basic(clientId, secretOf(pool, clientId)));
}

describe('an authorization code', () => {
  it('LP-04 is exchanged once, for tokens that work', async () => {
    const tokens = await exchange(pool, await obtainCode(pool));
    expect(tokens.status).toBe(200);
    expect(Object.keys(tokens.body).sort()).toEqual([
      'access_token',
      'expires_in',
      'id_token',
      'refresh_token',
      'token_type',
    ]);
    expect(await userInfoStatus(tokens)).toBe(200);
    expect((await refresh(tokens)).status).toBe(200);
  });

  it('LP-04 reuse is refused and revokes the access token that it gave', async () => {
    const code = await obtainCode(pool);
    const tokens = await exchange(pool, code);
    expect(await userInfoStatus(tokens)).toBe(200);
    expect(outcome(await exchange(pool, code))).toEqual(invalidGrant);
    expect(await userInfoStatus(tokens)).toBe(401);
  });

  it('LP-04 reuse revokes the refresh token that it gave', async () => {
    const code = await obtainCode(pool);
    const tokens = await exchange(pool, code);
    await exchange(pool, code);
    expect(outcome(await refresh(tokens))).toEqual(invalidGrant);
  });

  it('LP-04 reuse revokes what has been refreshed since', async () => {
    const code = await obtainCode(pool);
    const renewed = await refresh(await exchange(pool, code));
    await exchange(pool, code);
    expect(await userInfoStatus(renewed)).toBe(401);
    expect(outcome(await refresh(renewed))).toEqual(invalidGrant);
  });

  it('LP-04 reuse after its five minutes revokes as well', async () => {
    const code = await obtainCode(pool);
    const tokens = await exchange(pool, code);
    pool.clock.advance(10 * 60_000);
    expect(outcome(await exchange(pool, code))).toEqual(invalidGrant);
    expect(await userInfoStatus(tokens)).toBe(401);
  });

  it('LP-04 reuse with a wrong verifier revokes as well', async () => {
    const code = await obtainCode(pool);
    const tokens = await exchange(pool, code);
    await exchange(pool, code, { code_verifier: 'w'.repeat(43) });
    expect(await userInfoStatus(tokens)).toBe(401);
  });

  it('LP-04 another confidential client is refused, and the code stays good for its own', async () => {
    const code = await obtainCode(pool);
    const stranger = basic(serviceClientId, secretOf(pool, serviceClientId));
    const refused = await postToken(pool, exchangeForm(code), stranger);
    expect(outcome(refused)).toEqual({ status: 400, body: { error: 'unauthorized_client' } });
    expect((await exchange(pool, code)).status).toBe(200);
  });

  it('LP-04 another public client is refused, and the code stays good for its own', async () => {
    const code = await obtainCode(pool);
    const refused = await postToken(pool, exchangeForm(code, { client_id: mobileClientId }));
    expect(outcome(refused)).toEqual(invalidGrant);
    expect((await exchange(pool, code)).status).toBe(200);
  });

  it('LP-04 another client cannot revoke by reusing a code that was spent', async () => {
    const code = await obtainCode(pool);
    const tokens = await exchange(pool, code);
    await postToken(pool, exchangeForm(code, { client_id: mobileClientId }));
    expect(await userInfoStatus(tokens)).toBe(200);
  });

  it.each([
    ['another', 'http://localhost:3000/elsewhere'],
    ['a longer', 'http://localhost:3000/api/auth/callback/cognito/'],
    ['an otherwise written', 'http://LOCALHOST:3000/api/auth/callback/cognito'],
    ['no', undefined],
  ])('LP-04 %s redirect_uri is refused and spends the code', async (_, uri) => {
    const code = await obtainCode(pool);
    const refused = await exchange(pool, code, { redirect_uri: uri });
    expect(outcome(refused)).toEqual({
      status: 400,
      body: { error: 'unauthorized_client', error_description: 'invalid_redirect' },
    });
    expect(outcome(await exchange(pool, code))).toEqual(invalidGrant);
  });

  it('LP-04 the last millisecond of its five minutes is good', async () => {
    const code = await obtainCode(pool);
    pool.clock.advance(5 * 60_000 - 1);
    expect((await exchange(pool, code)).status).toBe(200);
  });

  it('LP-04 five minutes later it is refused', async () => {
    const code = await obtainCode(pool);
    pool.clock.advance(5 * 60_000);
    expect(outcome(await exchange(pool, code))).toEqual(invalidGrant);
  });

  it('LP-04 a wrong verifier is refused and spends the code', async () => {
    const code = await obtainCode(pool);
    expect(outcome(await exchange(pool, code, { code_verifier: 'w'.repeat(43) }))).toEqual(invalidGrant);
    expect(outcome(await exchange(pool, code))).toEqual(invalidGrant);
  });

  it('LP-04 of ten parallel exchanges exactly one succeeds, and what it gave is revoked', async () => {
    const code = await obtainCode(pool);
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(pool, code)));
    const [success, ...more] = answers.filter(({ status }) => status === 200);
    expect(more).toEqual([]);
    const refused = answers.filter((answer) => answer !== success);
    expect(refused.map(outcome)).toEqual(Array.from({ length: 9 }, () => invalidGrant));
    expect(success && (await userInfoStatus(success))).toBe(401);
  });

  it('LP-04 an unknown code is refused', async () => {
    expect(outcome(await exchange(pool, '7a5e5c2e-6c0b-4f0e-9d2a-0b7b8b7d2c11'))).toEqual(invalidGrant);
  });
});

describe('PKCE at the local pool', () => {
  it.each([
    ['plain', { code_challenge_method: 'plain', code_challenge: 'v'.repeat(43) }],
    ['a challenge without a method', { code_challenge_method: undefined }],
    ['a method without a challenge', { code_challenge: undefined }],
    ['an unknown method', { code_challenge_method: 'S512' }],
    ['s256 in lower case', { code_challenge_method: 's256' }],
    ['an empty challenge', { code_challenge: '' }],
    ['a challenge that is too short', { code_challenge: 'a'.repeat(42) }],
    ['a challenge with padding', { code_challenge: `${'a'.repeat(43)}=` }],
  ])('OF-04 %s is refused with invalid_request and no code', async (_, changes) => {
    const browser = await openSignedInBrowser(pool);
    const { status, location } = await browser.get(authorizeAddress(changes));
    const { pathname, searchParams } = new URL(location);
    expect([status, pathname]).toEqual([302, '/api/auth/callback/cognito']);
    expect([...searchParams.keys()].sort()).toEqual(['error', 'error_description', 'state']);
    expect(searchParams.get('error')).toBe('invalid_request');
  });

  it('OF-04 a challenge without a verifier is refused and spends the code', async () => {
    const code = await obtainCode(pool);
    expect(outcome(await exchange(pool, code, { code_verifier: undefined }))).toEqual(invalidGrant);
    expect(outcome(await exchange(pool, code))).toEqual(invalidGrant);
  });

  it('OF-04 the challenge itself is no verifier', async () => {
    const challenge = new URL(authorizeAddress(), pool.url).searchParams.get('code_challenge') ?? '';
    const refused = await exchange(pool, await obtainCode(pool), { code_verifier: challenge });
    expect(outcome(refused)).toEqual(invalidGrant);
  });

  it('OF-04 a stray verifier is refused', async () => {
    const code = await obtainCode(pool, { code_challenge: undefined, code_challenge_method: undefined });
    expect(outcome(await exchange(pool, code))).toEqual(invalidGrant);
  });

  it('OF-04 without challenge and verifier a confidential client may go on, as on Cognito', async () => {
    const code = await obtainCode(pool, { code_challenge: undefined, code_challenge_method: undefined });
    expect((await exchange(pool, code, { code_verifier: undefined })).status).toBe(200);
  });
});
