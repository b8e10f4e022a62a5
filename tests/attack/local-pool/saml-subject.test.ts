import {
  AdminLinkProviderForUserCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceProvider,
  spPoolId,
  startServiceProvider,
} from '../../integration/local-pool/federation/federated-pools.ts';
import { apiClient, exchangeCode } from '../../integration/local-pool/federation/steps.ts';
import { SamlIdentityProvider } from '../../support/saml-identity-provider.ts';

let sp: ServiceProvider;
let idp: SamlIdentityProvider;
let api: CognitoIdentityProviderClient;

beforeAll(async () => {
  sp = await startServiceProvider();
  idp = new SamlIdentityProvider(() => sp.clock.now());
  api = apiClient(sp);
  sp.addProvider({ name: 'Corp', type: 'SAML', details: { MetadataFile: idp.metadata() } });
});
afterAll(async () => {
  api.destroy();
  await sp.close();
});

async function signIn(nameId: string, attributes: Record<string, string> = {}): Promise<JWTPayload> {
  const browser = sp.browse();
  const request = idp.read((await browser.get(sp.authorizeUrl({ identity_provider: 'Corp' }))).location);
  const visit = await browser.post(request.acsUrl, idp.answer(request, { nameId, attributes }));
  return decodeJwt((await exchangeCode(sp, visit.location)).id_token);
}

describe('a SAML assertion with an attribute named Cognito_Subject', () => {
  it('signs in the person of its NameID, not the one whom the attribute names', async () => {
    const boss = await signIn('boss');
    const mallory = await signIn('mallory', { Cognito_Subject: 'boss' });
    expect(mallory['cognito:username']).toBe('corp_mallory');
    expect(mallory.sub).not.toBe(boss.sub);
  });

  it('does not sign in as a user whom somebody linked by their subject', async () => {
    const { sub } = await signIn('destination');
    await api.send(
      new AdminLinkProviderForUserCommand({
        UserPoolId: spPoolId,
        DestinationUser: { ProviderName: 'Corp', ProviderAttributeValue: 'destination' },
        SourceUser: {
          ProviderName: 'Corp',
          ProviderAttributeName: 'Cognito_Subject',
          ProviderAttributeValue: 'second-name',
        },
      }),
    );
    expect((await signIn('second-name')).sub).toBe(sub);
    expect((await signIn('eve', { Cognito_Subject: 'second-name' })).sub).not.toBe(sub);
  });
});
