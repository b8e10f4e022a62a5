import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type HostileOidcProvider,
  startHostileOidcProvider,
} from '../../../support/hostile-oidc-provider.ts';
import { type ServiceProvider, spPoolId, startServiceProvider } from './federated-pools.ts';
import { exchangeCode } from './steps.ts';

let sp: ServiceProvider;
let provider: HostileOidcProvider;
let people = 0;

beforeAll(async () => {
  sp = await startServiceProvider(
    {},
    '        - { Name: family_name, AttributeDataType: String, Required: true }',
  );
  provider = await startHostileOidcProvider(() => sp.clock.now());
});
afterAll(async () => {
  await provider.close();
  await sp.close();
});
beforeEach(() => {
  people += 1;
  provider.reset(`person-${people}`);
  Object.assign(provider.person.claims, { family_name: 'Doe' });
  map({});
  const client = sp.pool.appClient('federationapp0000000000001');
  if (client) delete client.writeAttributes;
});

function map(attributeMapping: Record<string, string>): void {
  const mapping = { family_name: 'family_name', ...attributeMapping };
  sp.addProvider({ name: 'Claims', type: 'OIDC', details: provider.details, attributeMapping: mapping });
}

/** Signs the person in who has these claims now. @returns where the browser ends */
async function signIn(claims: Record<string, unknown> = {}): Promise<URL> {
  Object.assign(provider.person.claims, claims);
  const browser = sp.browse();
  const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Claims' }));
  provider.person.nonce = location.searchParams.get('nonce') ?? '';
  const query = new URLSearchParams({ state: location.searchParams.get('state') ?? '', code: 'c' });
  return (await browser.get(`/${spPoolId}/oauth2/idpresponse?${query}`)).location;
}

const claimsOf = async (callback: URL) => decodeJwt((await exchangeCode(sp, callback)).id_token);
const refusal = (callback: URL) => callback.searchParams.get('error_description');

describe('attributes that a provider delivers', () => {
  it('become texts: numbers, booleans, lists and objects too', async () => {
    map({ 'custom:team': 'groups', nickname: 'level', address: 'address' });
    const claims = await claimsOf(
      await signIn({ groups: ['a', 'b'], level: 7, address: { formatted: 'Elm Street' } }),
    );
    expect(claims).toMatchObject({ 'custom:team': '["a","b"]', nickname: '7' });
    expect(JSON.stringify(claims.address)).toContain('Elm Street');
  });

  it('leave the old value when they are missing, and clear it when they are blank', async () => {
    map({ nickname: 'nick', name: 'full' });
    await signIn({ nick: 'Jay', full: 'Jane Doe' });
    delete provider.person.claims.full;
    const claims = await claimsOf(await signIn({ nick: '' }));
    expect(claims.name).toBe('Jane Doe');
    expect(claims).not.toHaveProperty('nickname');
  });

  it('verify an address only where email_verified is mapped and true', async () => {
    const email = 'doe@example.com';
    map({ email: 'email' });
    expect((await claimsOf(await signIn({ email, email_verified: true }))).email_verified).toBe(false);
    map({ email: 'email', email_verified: 'email_verified' });
    expect((await claimsOf(await signIn())).email_verified).toBe(true);
    expect((await claimsOf(await signIn({ email_verified: false }))).email_verified).toBe(false);
  });

  it('are skipped where the client may not write them', async () => {
    const client = sp.pool.appClient('federationapp0000000000001');
    if (client) client.writeAttributes = ['family_name'];
    map({ nickname: 'nick', email: 'email', email_verified: 'email_verified' });
    const claims = await claimsOf(await signIn({ nick: 'Jay', email_verified: true }));
    expect(claims).not.toHaveProperty('nickname');
    expect(claims).not.toHaveProperty('email');
    expect(claims).not.toHaveProperty('email_verified');
  });

  it('may be the provider’s own access token', async () => {
    map({ 'custom:team': 'access_token' });
    expect((await claimsOf(await signIn()))['custom:team']).toBe('at-1');
  });

  it('must be there when the pool requires them', async () => {
    provider.person.claims.family_name = undefined;
    expect(refusal(await signIn())).toBe('attributes required: [family_name]');
  });

  it('must be mutable, because every sign-in writes them', async () => {
    map({ 'custom:badge': 'badge' });
    expect((await claimsOf(await signIn({ badge: '1' })))['custom:badge']).toBe('1');
    expect(refusal(await signIn({ badge: '1' }))).toBe('user.custom:badge: Attribute cannot be updated.');
  });

  it.each([
    ['longer than 2,048 characters', { nick: 'x'.repeat(2049) }, /too long/],
    ['that are no address', { email: 'nonsense' }, /email/],
  ])('%s fail the sign-in', async (_, claims, reason) => {
    map({ nickname: 'nick', email: 'email' });
    expect(refusal(await signIn(claims))).toMatch(reason);
  });

  it('never choose the username, nor whom an email belongs to', async () => {
    map({ username: 'email', email: 'email', email_verified: 'email_verified' });
    const email = 'shared@example.com';
    const first = await claimsOf(await signIn({ email, email_verified: true }));
    people += 1;
    provider.reset(`person-${people}`);
    const second = await claimsOf(await signIn({ email, email_verified: true, family_name: 'Roe' }));
    expect(second['cognito:username']).toBe(`claims_person-${people}`);
    expect(second.sub).not.toBe(first.sub);
    expect(second.email).toBe(email);
  });
});

describe('a disabled user of a provider', () => {
  it('is not signed in', async () => {
    const { sub } = await claimsOf(await signIn());
    sp.pool.store.sql('UPDATE users SET enabled = 0 WHERE sub = ?').run(String(sub));
    expect(refusal(await signIn())).toBe('User is disabled.');
  });
});

describe('the quirk leakedNonce', () => {
  const signInWithout = async (pool: ServiceProvider) => {
    const browser = pool.browse();
    const url = new URL(pool.authorizeUrl({ identity_provider: 'Claims' }));
    url.searchParams.delete('nonce');
    const { location } = await browser.get(url);
    provider.person.nonce = location.searchParams.get('nonce') ?? '';
    const query = new URLSearchParams({ state: location.searchParams.get('state') ?? '', code: 'c' });
    const back = await browser.get(`/${spPoolId}/oauth2/idpresponse?${query}`);
    const again = await browser.get(url);
    const nonceOf = async (callback: URL) => decodeJwt((await exchangeCode(pool, callback)).id_token).nonce;
    return { first: await nonceOf(back.location), silent: await nonceOf(again.location) };
  };

  it('is off by default: no nonce asked for, none given', async () => {
    expect(await signInWithout(sp)).toEqual({ first: undefined, silent: undefined });
  });

  it('puts the provider’s nonce into the first ID token, and not into the silent sign-in after it', async () => {
    const leaking = await startServiceProvider({ clock: sp.clock, quirks: { leakedNonce: true } });
    try {
      leaking.addProvider({ name: 'Claims', type: 'OIDC', details: provider.details });
      expect(await signInWithout(leaking)).toEqual({ first: provider.person.nonce, silent: undefined });
      expect(provider.person.nonce).not.toBe('');
    } finally {
      await leaking.close();
    }
  });
});
