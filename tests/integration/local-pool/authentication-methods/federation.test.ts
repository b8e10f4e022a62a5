import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type OidcProvider,
  type ServiceProvider,
  startOidcProvider,
  startServiceProvider,
} from '../federation/federated-pools.ts';
import { exchangeCode, signInAtPeer } from '../federation/steps.ts';
import { toldBy } from './methods-pool.ts';

let sp: ServiceProvider;
let peer: OidcProvider;

beforeAll(async () => {
  sp = await startServiceProvider({}, '      AcrConfiguration: {}');
  peer = await startOidcProvider(sp);
  sp.addProvider({ name: 'Peer', type: 'OIDC', details: peer.details });
});
afterAll(async () => {
  await peer.close();
  await sp.close();
});

it('whoever an identity provider vouches for is told of as that, without a level', async () => {
  const tokens = await exchangeCode(sp, await signInAtPeer(sp, peer, sp.browse()));
  expect(toldBy(tokens.id_token)).toEqual({ amr: ['fed'] });
  expect(toldBy(tokens.access_token)).toEqual({ amr: ['fed'] });
});

it('an OIDC provider is told of max_age, or its own session would stand in for the sign-in', async () => {
  const browser = sp.browse();
  await signInAtPeer(sp, peer, browser);
  sp.clock.advance(61_000);
  const address = (max_age: string) => sp.authorizeUrl({ identity_provider: 'Peer', max_age });
  expect((await browser.get(address('300'))).location.searchParams.has('code')).toBe(true);
  const asked = (await browser.get(address('60'))).location;
  expect([asked.origin, asked.searchParams.get('max_age')]).toEqual([peer.url, '60']);
});
