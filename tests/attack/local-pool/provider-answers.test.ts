import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boundedFetch } from '../../../local-pool/src/bounded-fetch.ts';
import {
  type ServiceProvider,
  spPoolId,
  startServiceProvider,
} from '../../integration/local-pool/federation/federated-pools.ts';
import {
  type HostileOidcProvider,
  sendJson,
  startHostileOidcProvider,
} from '../../support/hostile-oidc-provider.ts';
import type { JarBrowser } from '../../support/jar-browser.ts';
import { SamlIdentityProvider } from '../../support/saml-identity-provider.ts';

const tooLong = ' '.repeat(300 * 1024);
let sp: ServiceProvider;
let oidc: HostileOidcProvider;
let saml: SamlIdentityProvider;
let server: Server;
let address: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let paths: string[];
let browser: JarBrowser;

beforeAll(async () => {
  sp = await startServiceProvider();
  oidc = await startHostileOidcProvider(() => sp.clock.now());
  saml = new SamlIdentityProvider(() => sp.clock.now());
  server = createServer((request, response) => {
    paths.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await oidc.close();
  await sp.close();
});
beforeEach(() => {
  browser = sp.browse();
  oidc.reset('person');
  paths = [];
  sp.addProvider({
    name: 'Hostile',
    type: 'OIDC',
    details: oidc.details,
    attributeMapping: { name: 'name' },
  });
});

/** What goes back to the client when a sign-in cannot begin. */
const refusedAtOnce = async (name: string): Promise<string | null> =>
  (await browser.get(sp.authorizeUrl({ identity_provider: name }))).location.searchParams.get(
    'error_description',
  );

async function signIn(): Promise<URL> {
  const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Hostile' }));
  oidc.person.nonce = location.searchParams.get('nonce') ?? '';
  const state = location.searchParams.get('state') ?? '';
  const query = new URLSearchParams({ state, code: 'code-1' });
  return (await browser.get(`/${spPoolId}/oauth2/idpresponse?${query}`)).location;
}

describe('an answer of an identity provider that is too long', () => {
  const description = /The answer is too long/;

  it('is not taken for a discovery document', async () => {
    oidc.discovery = { padding: tooLong };
    expect(await refusedAtOnce('Hostile')).toMatch(description);
  });

  it('is not taken for tokens', async () => {
    oidc.answers.token = (_, response) => sendJson(response, { access_token: tooLong, token_type: 'bearer' });
    expect((await signIn()).searchParams.get('error_description')).toMatch(description);
  });

  it('is not taken for userInfo', async () => {
    oidc.answers.userInfo = (_, response) => sendJson(response, { sub: 'person', name: tooLong });
    expect((await signIn()).searchParams.get('error_description')).toMatch(description);
  });

  it('is not taken for keys', async () => {
    answer = (_, response) => sendJson(response, { keys: [], padding: tooLong });
    oidc.discovery = { jwks_uri: `${address}/jwks` };
    expect((await signIn()).searchParams.get('error_description')).toMatch(description);
    expect(paths).toEqual(['/jwks']);
  });

  it('is not taken for SAML metadata', async () => {
    answer = (_, response) => void response.end(saml.metadata() + tooLong);
    sp.addProvider({ name: 'Corp', type: 'SAML', details: { MetadataURL: `${address}/metadata` } });
    expect(await refusedAtOnce('Corp')).toMatch(/cannot be fetched from MetadataURL/);
  });

  it('is left off, and never read to its end', async () => {
    answer = (_, response) => {
      const more = (): void => void (!response.destroyed && response.write(tooLong, more));
      more();
    };
    await expect(boundedFetch(address)).rejects.toThrow('The answer is too long.');
  });
});

describe('an identity provider that leads elsewhere', () => {
  it.each([301, 302, 307])('is not followed to other metadata (%i)', async (status) => {
    answer = (request, response) =>
      request.url === '/internal'
        ? void response.end(saml.metadata())
        : void response.writeHead(status, { location: '/internal' }).end();
    sp.addProvider({ name: 'Corp', type: 'SAML', details: { MetadataURL: `${address}/metadata` } });
    expect(await refusedAtOnce('Corp')).toMatch(/cannot be fetched from MetadataURL/);
    expect(paths).toEqual(['/metadata']);
  });

  it('is not followed to other tokens or userInfo', async () => {
    answer = (_, response) => sendJson(response, { sub: 'person', name: 'Somebody' });
    const away = (_: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(307, { location: `${address}/internal` }).end();
    oidc.answers.userInfo = away;
    expect((await signIn()).searchParams.get('error')).toBe('invalid_request');
    oidc.answers.token = away;
    browser = sp.browse();
    expect((await signIn()).searchParams.get('error')).toBe('invalid_request');
    expect(paths).toEqual([]);
  });
});

it('an identity provider with a status that there is not goes back to the client', async () => {
  oidc.answers.token = (_, response) => void response.writeHead(999).end('{}');
  expect((await signIn()).searchParams.get('error')).toBe('invalid_request');
});
