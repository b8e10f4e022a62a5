import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteIdentityProviderCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settableClock } from '../../../../local-pool/src/clock.ts';
import { type RunningLocalPool, startLocalPool } from '../../../../local-pool/src/start.ts';
import {
  type HostileOidcProvider,
  startHostileOidcProvider,
} from '../../../support/hostile-oidc-provider.ts';
import { openJarBrowser } from '../../../support/jar-browser.ts';
import { SamlIdentityProvider } from '../../../support/saml-identity-provider.ts';

const callback = 'http://localhost:3000/callback';
const clock = settableClock();
let pool: RunningLocalPool;
let api: CognitoIdentityProviderClient;
let oidc: HostileOidcProvider;
let saml: SamlIdentityProvider;
let metadata: Server;
let metadataUrl: string;
let UserPoolId: string;
let clientId: string;

beforeAll(async () => {
  pool = await startLocalPool({ port: 0, template: false, clock });
  oidc = await startHostileOidcProvider(() => clock.now());
  saml = new SamlIdentityProvider(() => clock.now());
  metadata = createServer((_, response) => void response.end(saml.metadata()));
  await new Promise<void>((resolve) => metadata.listen(0, '127.0.0.1', resolve));
  metadataUrl = `http://127.0.0.1:${(metadata.address() as AddressInfo).port}/metadata`;

  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  api = new CognitoIdentityProviderClient({ endpoint: pool.url, region: 'us-east-1', credentials });
  const { UserPool } = await api.send(
    new CreateUserPoolCommand({ PoolName: 'federated', UsernameConfiguration: { CaseSensitive: true } }),
  );
  UserPoolId = UserPool?.Id ?? '';
  await api.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: 'federated' }));
  await api.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: 'Partner',
      ProviderType: 'OIDC',
      ProviderDetails: oidc.details,
      AttributeMapping: { email: 'email' },
      IdpIdentifiers: ['partner.example'],
    }),
  );
  await api.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: 'Corp',
      ProviderType: 'SAML',
      ProviderDetails: { MetadataURL: metadataUrl },
      AttributeMapping: { email: 'mail' },
    }),
  );
  const { UserPoolClient } = await api.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'app',
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: [callback],
      SupportedIdentityProviders: ['Partner', 'Corp'],
    }),
  );
  clientId = UserPoolClient?.ClientId ?? '';
});
afterAll(async () => {
  api.destroy();
  metadata.close();
  await oidc.close();
  await pool.close();
});

function authorizeUrl(more: Record<string, string>): string {
  const query = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: callback,
    scope: 'openid',
    ...more,
  };
  return `${pool.url}/${UserPoolId}/oauth2/authorize?${new URLSearchParams(query)}`;
}

async function idToken(location: URL): Promise<Record<string, unknown>> {
  const code = location.searchParams.get('code') ?? '';
  const body = { grant_type: 'authorization_code', client_id: clientId, redirect_uri: callback, code };
  const url = `${pool.url}/${UserPoolId}/oauth2/token`;
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(body) });
  return decodeJwt(((await response.json()) as { id_token: string }).id_token);
}

describe('providers made through the API', () => {
  it('sign in by OIDC; a case-sensitive pool keeps the case', async () => {
    oidc.reset('Person-A');
    const browser = openJarBrowser(pool.url);
    const { location } = await browser.get(authorizeUrl({ idp_identifier: 'partner.example' }));
    oidc.person.nonce = location.searchParams.get('nonce') ?? '';
    const answer = new URLSearchParams({ code: 'c', state: location.searchParams.get('state') ?? '' });
    const back = await browser.get(`/${UserPoolId}/oauth2/idpresponse?${answer}`);
    expect(await idToken(back.location)).toMatchObject({
      'cognito:username': 'Partner_Person-A',
      'cognito:groups': [`${UserPoolId}_Partner`],
      email: 'Person-A@example.com',
    });
  });

  it('sign in by SAML with the metadata of MetadataURL', async () => {
    const browser = openJarBrowser(pool.url);
    const { location } = await browser.get(authorizeUrl({ identity_provider: 'Corp' }));
    const request = saml.read(location);
    const answer = saml.answer(request, { nameId: 'Boss', attributes: { mail: 'boss@corp.example' } });
    expect(await idToken((await browser.post(request.acsUrl, answer)).location)).toMatchObject({
      'cognito:username': 'Corp_Boss',
      email: 'boss@corp.example',
    });
  });

  it('are gone for sign-ins under way when they are deleted', async () => {
    const browser = openJarBrowser(pool.url);
    const { location } = await browser.get(authorizeUrl({ identity_provider: 'Corp' }));
    const request = saml.read(location);
    await api.send(new DeleteIdentityProviderCommand({ UserPoolId, ProviderName: 'Corp' }));
    const visit = await browser.post(request.acsUrl, saml.answer(request));
    expect(visit.status).toBe(400);
    expect(visit.text).toContain('Something went wrong');
  });
});
