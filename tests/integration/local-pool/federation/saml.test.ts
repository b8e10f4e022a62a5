import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JarBrowser } from '../../../support/jar-browser.ts';
import {
  type AuthnRequest,
  type SamlAnswer,
  SamlIdentityProvider,
} from '../../../support/saml-identity-provider.ts';
import {
  appCallback,
  appClientId,
  type ServiceProvider,
  spPoolId,
  startServiceProvider,
} from './federated-pools.ts';
import { exchangeCode, userInfo } from './steps.ts';

let sp: ServiceProvider;
let idp: SamlIdentityProvider;
let browser: JarBrowser;
const emailClaim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';

beforeAll(async () => {
  sp = await startServiceProvider();
  idp = new SamlIdentityProvider(() => sp.clock.now());
  sp.addProvider({
    name: 'Corp',
    type: 'SAML',
    details: { MetadataFile: idp.metadata() },
    attributeMapping: { email: emailClaim, 'custom:team': 'teams', name: 'displayName' },
    identifiers: ['corp.example'],
  });
});
afterAll(() => sp.close());
beforeEach(() => {
  browser = sp.browse();
  sp.support(['COGNITO', 'Corp']);
});

async function begin(changes: Record<string, string> = { identity_provider: 'Corp' }): Promise<AuthnRequest> {
  const { location } = await browser.get(sp.authorizeUrl(changes));
  expect(location.origin + location.pathname).toBe(idp.singleSignOnUrl);
  return idp.read(location);
}

async function answer(request: AuthnRequest, changes: Partial<SamlAnswer> = {}): Promise<URL> {
  return (await browser.post(request.acsUrl, idp.answer(request, changes))).location;
}

describe('sign-in through a SAML provider', () => {
  it('asks by HTTP-Redirect as Cognito’s service provider', async () => {
    const request = await begin();
    expect(request).toMatchObject({
      issuer: `urn:amazon:cognito:sp:${spPoolId}`,
      acsUrl: `${sp.url}/${spPoolId}/saml2/idpresponse`,
      destination: idp.singleSignOnUrl,
      relayState: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it.each(['assertion', 'response'] as const)('takes a signed %s and gives the tokens', async (signed) => {
    const request = await begin({ idp_identifier: 'corp.example' });
    const nameId = `Jane.${signed}`;
    const attributes = { [emailClaim]: 'Jane@Corp.example', teams: ['Blue', 'Red & Green'], unmapped: 'x' };
    const visit = await browser.post(request.acsUrl, idp.answer(request, { signed, nameId, attributes }));
    expect(visit.status).toBe(303);
    const tokens = await exchangeCode(sp, visit.location);
    const claims = decodeJwt(tokens.id_token);
    expect(claims).toMatchObject({
      'cognito:username': `corp_jane.${signed}`,
      'cognito:groups': [`${spPoolId}_Corp`],
      email: 'jane@corp.example',
      'custom:team': '[Blue,Red+%26+Green]',
      identities: [
        { userId: nameId, providerName: 'Corp', providerType: 'SAML', issuer: idp.entityId, primary: 'true' },
      ],
    });
    expect(claims).not.toHaveProperty('unmapped');
    expect(JSON.parse((await userInfo(sp, tokens.access_token)).identities ?? '')).toEqual([
      {
        userId: nameId,
        providerName: 'Corp',
        providerType: 'SAML',
        issuer: idp.entityId,
        primary: true,
        dateCreated: expect.any(Number),
      },
    ]);
  });

  it('reports what the provider says when it signs nobody in', async () => {
    const location = await answer(await begin(), {
      status: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
      signed: 'response',
    });
    expect(location.href).toContain(appCallback);
    expect(location.searchParams.get('error')).toBe('invalid_request');
    expect(location.searchParams.get('error_description')).toContain('Responder');
    expect(location.searchParams.get('state')).toBe('app-state');
  });
});

describe('sign-in that begins at a SAML provider', () => {
  const relayState = String(
    new URLSearchParams({
      identity_provider: 'Corp',
      client_id: appClientId,
      redirect_uri: appCallback,
      response_type: 'code',
      scope: 'openid',
    }),
  );

  function unasked(changes: Partial<SamlAnswer> = {}) {
    const acsUrl = `${sp.url}/${spPoolId}/saml2/idpresponse`;
    const request = {
      id: '',
      issuer: `urn:amazon:cognito:sp:${spPoolId}`,
      acsUrl,
      relayState,
      destination: '',
    };
    return browser.post(
      acsUrl,
      idp.answer(request, { inResponseTo: undefined, nameId: 'starter', ...changes }),
    );
  }

  it('is taken where IDPInit is on and the client has SAML providers alone', async () => {
    sp.addProvider({
      name: 'Corp',
      type: 'SAML',
      details: { MetadataFile: idp.metadata(), IDPInit: 'true' },
    });
    sp.support(['Corp']);
    const { location } = await unasked();
    expect(decodeJwt((await exchangeCode(sp, location)).id_token)['cognito:username']).toBe('corp_starter');
  });

  it.each([
    ['the client lets the pool’s own users in', () => sp.support(['COGNITO', 'Corp'])],
    [
      'IDPInit is off',
      () => {
        sp.support(['Corp']);
        sp.addProvider({ name: 'Corp', type: 'SAML', details: { MetadataFile: idp.metadata() } });
      },
    ],
  ])('shows a page and signs nobody in where %s', async (_, arrange) => {
    arrange();
    const visit = await unasked();
    expect(visit.status).toBe(400);
    expect(visit.setCookies.some((line) => line.startsWith('cognito='))).toBe(false);
  });

  it('is refused with an assertion older than six minutes, and with one that answers a request', async () => {
    sp.addProvider({
      name: 'Corp',
      type: 'SAML',
      details: { MetadataFile: idp.metadata(), IDPInit: 'true' },
    });
    sp.support(['Corp']);
    const now = sp.clock.now();
    const old = await unasked({ issuedAt: now - 361_000 });
    expect(old.location.searchParams.get('error_description')).toContain('too old');
    const answered = await unasked({ inResponseTo: '_somebodyelses' });
    expect(answered.location.searchParams.get('error_description')).toContain('InResponseTo');
  });
});
