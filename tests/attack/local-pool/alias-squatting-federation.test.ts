import { afterAll, beforeAll, expect, it } from 'vitest';
import { createUser } from '../../../local-pool/src/model/create-user.ts';
import { findUserByTypedName } from '../../../local-pool/src/model/user-names.ts';
import {
  type ServiceProvider,
  spPoolId,
  startServiceProvider,
} from '../../integration/local-pool/federation/federated-pools.ts';
import { type HostileOidcProvider, startHostileOidcProvider } from '../../support/hostile-oidc-provider.ts';

let sp: ServiceProvider;
let provider: HostileOidcProvider;

beforeAll(async () => {
  sp = await startServiceProvider({}, '      AliasAttributes: [email, preferred_username]');
  provider = await startHostileOidcProvider(() => sp.clock.now());
  provider.reset('mallory');
  sp.addProvider({
    name: 'Claims',
    type: 'OIDC',
    details: provider.details,
    attributeMapping: { preferred_username: 'handle' },
  });
});
afterAll(async () => {
  await provider.close();
  await sp.close();
});

/** Signs Mallory in by the provider. @returns what the app is told went wrong */
async function refusalOf(handle: string): Promise<string | null> {
  provider.person.claims.handle = handle;
  const browser = sp.browse();
  const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Claims' }));
  provider.person.nonce = location.searchParams.get('nonce') ?? '';
  const query = new URLSearchParams({ state: location.searchParams.get('state') ?? '', code: 'c' });
  const page = await browser.get(`/${spPoolId}/oauth2/idpresponse?${query}`);
  return page.location.searchParams.get('error_description');
}

const emailForm =
  'Preferred username cannot be of email format, since user pool is configured for email alias.';

it('nobody takes the address of another as their preferred username by what a provider says of them', async () => {
  const userPool = sp.pool.userPool(spPoolId);
  if (!userPool) throw new Error('The pool is gone.');
  const address = 'victim@example.com';
  for (const handle of [address, 'victim＠example.com']) expect(await refusalOf(handle)).toBe(emailForm);
  expect(await refusalOf('mallory')).toBeNull();
  expect(await refusalOf(address)).toBe(emailForm);

  const attributes = { email: address, email_verified: 'true' };
  const victim = createUser(sp.pool, userPool, 'victim', 'Cabana-demo-1', attributes, 'CONFIRMED');
  expect(findUserByTypedName(sp.pool, userPool, address)?.sub).toBe(victim.sub);
});
